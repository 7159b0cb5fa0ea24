"""`dossier index`, `init`, `sources` and `passage`: the dossier itself."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from bot.cli.questions import print_json
from bot.cli.session import Session
from bot.cli.status import DONE, UsageError
from bot.render.citation import footnote, outlet_name, short_date
from bot.texts import Texts
from knowledge.citing import cite_slice
from knowledge.model import Article, Dossier, Paragraph

MOST_SHARDS = 256


def index(session: Session, arguments: argparse.Namespace) -> int:
    """Reads the dossier, prepares the search, and says what is there."""
    shards = arguments.shards
    if shards is None:
        generation = session.generation()
    elif 0 < shards <= MOST_SHARDS:
        # Replicas are then sent what changed (docs/SCALE.md).
        os.environ.setdefault("XAPIAN_MAX_CHANGESETS", "10")
        library = _on_disk(session).library()
        generation = library.current
        place = library.write_shards(shards)
    else:
        raise UsageError(session.words["cli.bad_shards"].format(most=MOST_SHARDS))
    dossier = generation.dossier
    if arguments.json:
        print_json(
            {
                "title": dossier.title,
                "articles": len(dossier.articles),
                "passages": len(generation.passages),
                "generation": generation.number,
                "digest": generation.digest,
                "shards": shards,
                "set_aside": [{"path": s.path, "why": s.why} for s in dossier.set_aside],
            }
        )
        return DONE
    words = session.words
    print(
        words["cli.indexed"].format(
            title=dossier.title,
            articles=words.count("cli.articles", len(dossier.articles)),
            passages=words.count("cli.passages", len(generation.passages)),
            generation=generation.number,
        )
    )
    if shards is not None:
        print(words.count("cli.shards_written", shards, folder=place))
    _print_set_aside(dossier, words)
    return DONE


def _on_disk(session: Session) -> Session:
    """The same session, its dossier kept on disk by Xapian whatever its size."""
    return replace(session, settings=replace(session.settings, retrieval_engine="xapian"))


def init(session: Session, arguments: argparse.Namespace) -> int:
    """Writes a dossier.toml of what was found in the folder."""
    words, folder = session.words, session.settings.dossier_dir
    if folder is None and not arguments.show:
        raise UsageError(words["cli.init_builtin"])
    from knowledge.corpus import load, manifest_text

    if folder is None:
        dossier = session.generation().dossier
    else:
        dossier = load(folder, max_file_mb=session.settings.max_file_mb)
    manifest = manifest_text(dossier)
    if arguments.show or folder is None:
        print(manifest, end="" if manifest.endswith("\n") else "\n")
        return DONE
    path = folder / "dossier.toml"
    _write(path, manifest, words, replace=arguments.force)
    found = words.count("cli.articles", len(dossier.articles))
    print(words["cli.init_written"].format(path=path, articles=found))
    _print_set_aside(dossier, words)
    return DONE


def sources(session: Session, arguments: argparse.Namespace) -> int:
    """Lists the articles, or shows one's text or what was dropped from it."""
    generation = session.generation()
    if arguments.text is not None:
        article = session.article(generation, arguments.text)
        if arguments.json:
            print_json({"id": article.id, "text": article.text})
        else:
            print(article.text)
        return DONE
    if arguments.dropped is not None:
        _print_dropped(session, session.article(generation, arguments.dropped), arguments.json)
        return DONE
    dossier = generation.dossier
    from knowledge.press.coverage import coverage

    covered = coverage(generation)
    if arguments.json:
        from bot.render.json import article_object, coverage_object

        print_json(
            {
                "articles": [article_object(article) for article in dossier.articles],
                "coverage": coverage_object(covered),
                "set_aside": [{"path": s.path, "why": s.why} for s in dossier.set_aside],
            }
        )
        return DONE
    from bot.render.briefing import coverage_lines

    print("\n\n".join(article_lines(article, session.words) for article in dossier.articles))
    print("\n" + "\n".join(coverage_lines(covered, session.words.language)))
    _print_set_aside(dossier, session.words)
    return DONE


def passage(session: Session, arguments: argparse.Namespace) -> int:
    """Shows one paragraph (or caption) with the paragraphs before and after it."""
    generation = session.generation()
    article = session.article(generation, arguments.id)
    print_passage(
        session, article, arguments.number, caption=arguments.caption, as_json=arguments.json
    )
    return DONE


def print_passage(
    session: Session, article: Article, n: int, *, caption: bool = False, as_json: bool = False
) -> None:
    """The paragraph numbered n on standard output, between its neighbours.

    Raises: UsageError when the article has no such paragraph.
    """
    kind = "caption" if caption else "body"
    places = [p for p in article.paragraphs if p.kind == kind]
    found = next((p for p in places if p.number == n), None)
    if found is None:
        sentence = session.words["cli.no_caption" if caption else "cli.no_paragraph"]
        raise UsageError(sentence.format(id=article.id, n=n, last=len(places)))
    at = article.paragraphs.index(found)
    before = article.paragraphs[at - 1] if at else None
    after = article.paragraphs[at + 1] if at + 1 < len(article.paragraphs) else None

    def text(paragraph: Paragraph | None) -> str | None:
        return None if paragraph is None else article.text[paragraph.start : paragraph.end]

    language = session.words.language
    note = footnote(cite_slice(article, found.start, found.end), language, article.authors)
    if as_json:
        print_json(
            {
                "article": article.id,
                "paragraph": n,
                "text": text(found),
                "before": text(before),
                "after": text(after),
                "kind": kind,
                "footnote": note,
            }
        )
        return
    rows = [
        (_label(paragraph, session.words), text(paragraph) or "", paragraph is found)
        for paragraph in (before, found, after)
        if paragraph is not None
    ]
    title = _title_line(article, session.words)
    if sys.stdout.isatty():
        from bot.render.terminal import show_paragraphs

        show_paragraphs(title, rows)
        print(f"\n{session.words['cli.footnote'].format(note=note)}")
        return
    print(title)
    for label, words, is_found in rows:
        print(f"\n{'>' if is_found else ' '} {label}  {words}")
    print(f"\n{session.words['cli.footnote'].format(note=note)}")


def article_lines(article: Article, words: Texts) -> str:
    """An article in the list: id and title, then outlet, date and how it was found, its size."""
    bodies = sum(p.kind == "body" for p in article.paragraphs)
    captions = len(article.paragraphs) - bodies
    details = [
        outlet_name(article.publisher, article.agency, words.language),
        _date_and_how(article, words),
        words.count("cli.paragraphs", bodies),
        words.count("cli.captions", captions) if captions else "",
        words.count("cli.dropped", len(article.dropped)) if article.dropped else "",
    ]
    lines = [f"{article.id}  {article.title}", "    " + " · ".join(d for d in details if d)]
    if article.url:
        lines.append(f"    {article.url}")
    if article.note:
        lines.append("    " + words["render.note"].format(note=article.note))
    return "\n".join(lines)


def _date_and_how(article: Article, words: Texts) -> str:
    day = short_date(article.published, words.language)
    how = article.published_from
    if how:
        how = words.get(f"cli.date_from_{how.replace(' ', '_')}", how)
    return words["cli.date_found"].format(date=day, how=how) if how else day


def _title_line(article: Article, words: Texts) -> str:
    outlet = outlet_name(article.publisher, article.agency, words.language)
    day = short_date(article.published, words.language)
    return ", ".join(part for part in (article.title, outlet, day) if part)


def _label(paragraph: Paragraph, words: Texts) -> str:
    key = "render.caption" if paragraph.kind == "caption" else "render.paragraph"
    return words[key].format(n=paragraph.number)


def _print_dropped(session: Session, article: Article, as_json: bool) -> None:  # noqa: FBT001
    if as_json:
        pieces = [{"rule": piece.rule, "text": piece.text} for piece in article.dropped]
        print_json({"id": article.id, "dropped": pieces})
    elif article.dropped:
        print("\n".join(f"[{piece.rule}] {piece.text}" for piece in article.dropped))
    else:
        print(session.words["cli.nothing_dropped"])


def _print_set_aside(dossier: Dossier, words: Texts) -> None:
    if dossier.set_aside:
        print()
        print(words.count("cli.set_aside", len(dossier.set_aside)))
        for file in dossier.set_aside:
            why = file.why if file.path in file.why else f"{file.path} : {file.why}"
            print(f"  {why}")


def _write(path: Path, text: str, words: Texts, *, replace: bool) -> None:
    if path.exists() and not replace:
        raise UsageError(words["cli.init_exists"].format(path=path))
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        sentence = words["cli.init_unwritable"]
        raise UsageError(sentence.format(path=path, why=error.strerror)) from error
