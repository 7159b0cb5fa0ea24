"""A folder -> Dossier: every file read, cleaned and completed by the manifest."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.corpus import cleaning, files, manifest, messages, reading
from knowledge.corpus.article import DEFAULT_LANGUAGE, build
from knowledge.corpus.draft import Cleaned, Draft, Facts
from knowledge.corpus.manifest import Manifest
from knowledge.errors import UnreadableArticle, UnusableDossier
from knowledge.model import Article, Dossier, SetAside

DEFAULT_MAX_FILE_MB = 20
_OPENING = 240
"""Characters of a text in which its language is looked for; half of them must be there."""


def load(
    folder: Path,
    *,
    overlay: Path | None = None,
    max_file_mb: int = DEFAULT_MAX_FILE_MB,
    sources: dict[str, tuple[str, ...]] | None = None,
) -> Dossier:
    """The dossier of a folder, its articles in the order of their ids.

    `overlay` is laid over it: added files and corrections.toml; it need not exist. What cannot be
    read stands in `set_aside`, one sentence each. `sources` is told path of a file -> ids of its
    articles.
    Raises UnusableDossier (no folder, no permission, no article left) and BrokenManifest.
    """
    files.check_folder(folder)
    written, corrections = manifests(folder, overlay)
    listing = files.listing(folder, overlay)
    about = _about(folder, written, corrections)
    articles: list[Article] = []
    set_aside = list(listing.set_aside)
    removed = frozenset(corrections.removed) | frozenset(written.removed)
    found: set[str] = set()
    for file in listing.files:
        before = len(articles)
        try:
            for article_id, draft in _drafts(file, max_file_mb):
                found.add(article_id)
                if article_id not in removed:
                    facts = _facts_of(article_id, corrections, written)
                    articles.append(_article(file, article_id, draft, facts, about))
        except UnreadableArticle as error:
            set_aside.append(SetAside(file.relative, str(error)))
        if sources is not None:
            sources[str(file.path)] = tuple(article.id for article in articles[before:])
    if not articles:
        raise _nothing_left(folder, set_aside)
    set_aside += _unknown_articles(files.MANIFEST, written, found, listing.set_aside)
    set_aside += _unknown_articles(files.CORRECTIONS, corrections, found, listing.set_aside)
    return Dossier(
        title=about.title or "",
        language=about.language or DEFAULT_LANGUAGE,
        articles=tuple(sorted(articles, key=lambda article: article.id)),
        aliases=_merged(written.aliases, corrections.aliases),
        questions=written.questions + corrections.questions,
        reference_date=about.reference_date,
        set_aside=tuple(set_aside),
    )


def load_files(
    folder: Path, listed: Iterable[files.File], *, overlay: Path | None, max_file_mb: int
) -> dict[str, tuple[Article, ...]]:
    """Path -> articles of some files of a folder, each as `load` gives it.

    Raises UnreadableArticle and BrokenManifest.
    """
    written, corrections = manifests(folder, overlay)
    about = _about(folder, written, corrections)
    removed = frozenset(corrections.removed) | frozenset(written.removed)
    return {
        str(file.path): tuple(
            _article(file, article_id, draft, _facts_of(article_id, corrections, written), about)
            for article_id, draft in _drafts(file, max_file_mb)
            if article_id not in removed
        )
        for file in listed
    }


def manifests(folder: Path, overlay: Path | None) -> tuple[Manifest, Manifest]:
    """What dossier.toml and corrections.toml say. Raises BrokenManifest."""
    written = manifest.load(folder / files.MANIFEST)
    if overlay is None:
        return written, Manifest()
    return written, manifest.load(overlay / files.CORRECTIONS, "correction")


def _about(folder: Path, written: Manifest, corrections: Manifest) -> Manifest:
    return Manifest(
        title=corrections.title or written.title or _title_of(folder),
        language=corrections.language or written.language or DEFAULT_LANGUAGE,
        reference_date=corrections.reference_date or written.reference_date,
    )


def _drafts(file: files.File, max_file_mb: int) -> tuple[tuple[str, Draft], ...]:
    return reading.read(file, files.read_bytes(file, max_file_mb))


def _facts_of(article_id: str, corrections: Manifest, written: Manifest) -> Facts:
    correction = corrections.articles.get(article_id, Facts())
    return correction.or_else(written.articles.get(article_id, Facts()))


def _article(
    file: files.File, article_id: str, draft: Draft, facts: Facts, about: Manifest
) -> Article:
    titles = (facts.title,) if facts.title else ()
    cleaned = cleaning.clean(draft, titles=titles, reference=about.reference_date)
    cleaned = replace(cleaned, facts=facts.or_else(cleaned.facts))
    if not any(kind == "body" for kind, _ in cleaned.paragraphs):
        raise UnreadableArticle(file.path, messages.NO_TEXT.format(path=file.relative))
    return build(article_id, cleaned, _language(cleaned) or about.language or DEFAULT_LANGUAGE)


def _language(cleaned: Cleaned) -> str | None:
    """The language of a text that nobody named, None when it is too short to tell.

    "und" (undetermined, ISO 639-2) is surely none of the three that are spoken here.
    """
    if cleaned.facts.language:
        return None
    from knowledge.language.detect import detect

    opening = " ".join(text for _, text in cleaned.paragraphs[:4])
    if len(opening) < _OPENING // 2:
        return None
    found = detect(opening[:_OPENING])
    if found != DEFAULT_LANGUAGE and found != detect(opening[-_OPENING:]):
        # A French text may open with foreign titles and names: what follows must agree.
        return None
    return "und" if found == "other" else found


def _nothing_left(folder: Path, set_aside: list[SetAside]) -> UnusableDossier:
    shown = files.printable(str(folder))
    if not set_aside:
        return UnusableDossier(folder, messages.EMPTY_FOLDER.format(path=shown))
    why = set_aside[0].why
    if len(set_aside) > 1:
        why = messages.AND_OTHERS.format(first=why, count=len(set_aside) - 1)
    return UnusableDossier(folder, messages.NOTHING_LEFT.format(path=shown, why=why))


def _unknown_articles(
    name: str, read: Manifest, found: set[str], known_bad: tuple[SetAside, ...]
) -> Iterator[SetAside]:
    """A notice for each article that is written about and not there."""
    bad = {Path(item.path).with_suffix("").as_posix() for item in known_bad}
    for article_id in (*read.articles, *read.removed):
        if article_id not in found and article_id not in bad:
            hint = manifest.closest(article_id, sorted(found))
            why = messages.UNKNOWN_ARTICLE.format(manifest=name, id=article_id, hint=hint)
            yield SetAside(name, why)


def _merged(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    merged = dict(first)
    for name, spellings in second.items():
        merged[name] = tuple(dict.fromkeys((*merged.get(name, ()), *spellings)))
    return merged


def _title_of(folder: Path) -> str:
    name = files.printable(folder.resolve().name)
    return name.replace("_", " ").replace("-", " ").strip() or "Dossier"
