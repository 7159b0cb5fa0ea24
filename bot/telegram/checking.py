"""What admins check before they publish: uploads, articles, and the buttons that correct them."""

from collections import Counter
from collections.abc import Sequence

from bot.render.citation import one_line, outlet_name, short_date
from bot.render.markup import blockquote, bold, escape, italic, paginate
from bot.telegram.callbacks import FIELDS, Correct, Preview, Remove, Stage, short_id
from bot.telegram.screen import Row, Screen
from bot.telegram.screens import button
from bot.texts import Texts
from knowledge.model import Article, Dossier

LISTED = 10
OPENING = 400
"""Characters of an article that an admin sees before adding it."""


def upload_screen(words: Texts, upload: int, dossier: Dossier, known: frozenset[str]) -> Screen:
    """An upload as it was read, with buttons to add it, drop it, or correct what was found.

    `known`: the ids of the dossier's articles, which an upload may replace.
    """
    articles = dossier.articles
    if len(articles) == 1:
        blocks = article_blocks(words, articles[0])
    else:
        count = words.count("cli.articles", len(articles))
        head = words["telegram.add.several"].format(articles=count)
        lines = [f"• {line(words, article)}" for article in articles[:LISTED]]
        if len(articles) > LISTED:
            lines.append(f"… (+{len(articles) - LISTED})")
        blocks = ["\n".join([head, *lines])]
    replaced = [article.id for article in articles if article.id in known]
    if replaced:
        ids = escape(", ".join(replaced[:LISTED]))
        blocks.append(words["telegram.add.replaces"].format(ids=ids))
    if dossier.set_aside:
        asides = [escape(f"• {one.why}") for one in dossier.set_aside[:LISTED]]
        blocks.append("\n".join([words["telegram.admin.set_aside"], *asides]))
    go = button(words["telegram.add.button_add"], Stage(upload, go=True))
    stop = button(words["telegram.admin.button_cancel"], Stage(upload, go=False))
    rows: list[Row] = [(go, stop)]
    if len(articles) == 1:
        rows.append(correcting(words, upload, articles[0], FIELDS[:3]))
    return Screen.of(paginate(blocks)[:1], *rows)


def article_blocks(words: Texts, article: Article) -> list[str]:
    """What an admin checks before adding: facts, how they were found, the text, what fell out."""
    facts = [line(words, article)]
    bodies = sum(paragraph.kind == "body" for paragraph in article.paragraphs)
    facts.append(escape(words.count("cli.paragraphs", bodies)))
    text = article.text[:OPENING] + ("…" if len(article.text) > OPENING else "")
    blocks = ["\n".join(facts), blockquote(escape(text), expandable=True)]
    # That the title stands above the text is nothing to check.
    rules = Counter(piece.rule for piece in article.dropped if piece.rule != "title")
    if rules:
        listed = ", ".join(f"{rule} ({n})" for rule, n in rules.most_common(LISTED))
        dropped = words.count("cli.dropped", rules.total())
        blocks.append(italic(f"{dropped} : {listed}"))
    return blocks


def line(words: Texts, article: Article) -> str:
    """An article in two lines: its title; its outlet, its date and how that was found."""
    outlet = outlet_name(article.publisher, article.agency, words.language)
    found = f"cli.date_from_{article.published_from}"
    day = short_date(article.published, words.language)
    # What the admin has just said needs no telling.
    if article.published and article.published_from != "manifest" and found in words:
        day = words["cli.date_found"].format(date=day, how=words[found])
    about = f"{outlet or words['telegram.sources_unknown_outlet']}, {day}"
    return f"{bold(one_line(article.title))}\n{italic(about)}"


def correcting(words: Texts, upload: int, article: Article, fields: Sequence[str]) -> Row:
    """A button for each fact that can be corrected."""
    short = short_id(article.id)
    return tuple(
        button(words[f"telegram.add.button_{field}"], Correct(upload, short, field))
        for field in fields
    )


def unpublished(words: Texts, key: str, **fields: str) -> Screen:
    """A sentence, with a button that shows what publishing it would change."""
    row = (button(words["telegram.add.button_preview"], Preview()),)
    return Screen.of([words[key].format(**fields)], row)


def card_rows(words: Texts, article: Article) -> list[Row]:
    """What an admin can do to an article of the dossier, below its card."""
    remove = button(words["telegram.add.button_remove"], Remove(short_id(article.id), sure=False))
    fields = correcting(words, 0, article, FIELDS)
    return [fields[:2], fields[2:], (remove,)]
