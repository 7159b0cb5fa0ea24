"""What each kind of message looks like: rendered pages with the buttons that belong to them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from urllib.parse import quote_plus

from bot.render.citation import (
    footnote,
    number,
    one_line,
    outlet_name,
    quotation,
    short_date,
    short_title,
)
from bot.render.markup import escape, length
from bot.render.passages import FoundPassage
from bot.render.telegram import (
    article_page,
    found_page,
    passage_pages,
    reply_pages,
    sources_page,
)
from bot.telegram.callbacks import (
    REASONS,
    Action,
    Alone,
    Blame,
    Brief,
    Card,
    Copy,
    Dates,
    More,
    Rate,
    Sift,
    Speak,
    Suggested,
    Walk,
    encode,
    read_action,
    short_id,
)
from bot.telegram.screen import Button, Page, Row, Screen
from bot.texts import LANGUAGES, Texts, texts
from knowledge.answering import cite
from knowledge.generation import Generation
from knowledge.model import Abstention, Answer, Article, Citation, Dossier, Language, Reply
from knowledge.press.dating import dates_within

PER_PAGE = 5
SOURCES_PER_PAGE = 8
MOST_SOURCES = 5
"""Sources of an answer that have a button of their own: a brief's, at most."""
MOST_FILTERS = 8
"""Outlets that can be listed alone: the most frequent."""
COPY_LIMIT = 256
"""What Telegram lets a button copy, in UTF-16 units."""
EVERYTHING = Sift("", 0)
SHARED = 200
"""Characters of a quote that a shared link carries along."""


def button(text: str, action: Action) -> Button:
    """A button that says this action."""
    return Button(text, encode(action))


def reply_screen(
    reply: Reply, generation: Generation, question: int, asked: str | None = None
) -> Screen:
    """A reply with its buttons; `question` is its number in the state, 0 when it was not kept."""
    words = texts(reply.language)
    pages = reply_pages(reply, generation.article, asked=asked)
    further, dates = _further(reply, generation.number), _dates(reply, generation, question, words)
    rating = _rating(reply, question)
    return Screen.of(
        pages,
        _reading(reply, generation.number, question, words),
        # Five buttons in a row are too narrow for a thumb.
        *([further, (*dates, *rating)] if dates else [(*further, *rating)]),
        _alone(reply, question, words),
        *suggestion_rows(reply.suggestions, question),
    )


def suggestion_rows(suggestions: Sequence[str], question: int) -> list[Row]:
    """One row a question: side by side they would be cut off on a phone."""
    return [(button(text, Suggested(question, n)),) for n, text in enumerate(suggestions)]


def passage_screen(
    generation: Generation, article: Article, span: tuple[int, int], words: Texts, username: str
) -> Screen:
    """A quote in its place, with ◀ ▶ through the article; copied and shared with one tap.

    An empty slice shows the paragraph that it stands in, and what is shared is that.
    """
    start, end = span
    first = last = 0
    for n, paragraph in enumerate(article.paragraphs):
        first = n if paragraph.start <= start else first
        last = n if paragraph.start < max(end, start + 1) else last
    short = short_id(article.id)
    walk: list[Button] = []
    if first > 0:
        walk.append(button(f"◀ {_place(article, first - 1, words)}", Walk(short, first - 1)))
    if last + 1 < len(article.paragraphs):
        walk.append(button(f"{_place(article, last + 1, words)} ▶", Walk(short, last + 1)))
    here = article.paragraphs[first]
    cited = span if start < end else (here.start, here.end)
    citation = cite(generation, article.id, *cited)
    return Screen.of(
        passage_pages(article, start, end, words.language),
        tuple(walk),
        *passage_rows(citation, article.authors, generation.number, username, words),
        (button(words["telegram.button_article"], Card(short)),),
    )


def article_screen(article: Article, words: Texts, *rows: Row) -> Screen:
    """An article's card, with a button that opens its text."""
    short = short_id(article.id)
    begin = button(words["telegram.button_begin"], Walk(short, 0))
    brief = button(words["telegram.button_brief"], Brief(short))
    return Screen.of(article_page(article, words.language), (begin, brief), *rows)


def found_screen(
    head: str, found: Sequence[FoundPassage], generation: Generation, language: Language
) -> Screen:
    """Passages found, five a page, each with a numbered button that opens it."""
    pages: list[Page] = []
    for first in range(0, len(found), PER_PAGE):
        shown = found[first : first + PER_PAGE]
        row = tuple(
            button(f"📄 {n}", read_action(passage.citation, generation.number))
            for n, passage in enumerate(shown, start=first + 1)
        )
        pages += (Page(html, (row,)) for html in found_page(head, shown, language, first=first + 1))
    return Screen(tuple(pages))


def sources_screen(dossier: Dossier, words: Texts, sift: Sift = EVERYTHING) -> Screen:
    """The articles, eight a page, each with a numbered button for its card, and filters."""
    kept = [article for article in dossier.articles if _sifted(article, sift)]
    count = words.count("cli.articles", len(kept))
    filters = _filters(dossier, words, sift)
    pages: list[Page] = []
    for first in range(0, len(kept), SOURCES_PER_PAGE):
        shown = kept[first : first + SOURCES_PER_PAGE]
        numbered = [
            button(str(n), Card(short_id(article.id)))
            for n, article in enumerate(shown, start=first + 1)
        ]
        rows = (*_in_rows(numbered, 5 if len(numbered) <= 5 else 4), *filters)
        html = sources_page(dossier.title, count, shown, words.language, first=first + 1)
        pages += (Page(one, rows) for one in html)
    if not pages:
        # The dossier changed since the button was made.
        html = sources_page(dossier.title, count, (), words.language)
        pages = [Page(one, filters) for one in html]
    return Screen(tuple(pages))


def _filters(dossier: Dossier, words: Texts, sift: Sift) -> tuple[Row, ...]:
    """Buttons that list one outlet or one year alone; none when there is nothing to choose."""
    outlets = Counter(one.publisher for one in dossier.articles if one.publisher)
    years = Counter(one.published.year for one in dossier.articles if one.published)
    made: list[Button] = []
    if len(outlets) > 1 or (outlets and outlets.total() < len(dossier.articles)):
        made += [
            button(f"{short_title(name, 24)} ({n})", Sift(short_id(name), 0))
            for name, n in outlets.most_common(MOST_FILTERS)
        ]
    if len(years) > 1:
        made += [button(f"{year} ({years[year]})", Sift("", year)) for year in sorted(years)]
    if made and (sift.outlet or sift.year):
        made.append(button(words["telegram.sift_all"], EVERYTHING))
    return _in_rows(made, 2)


def _sifted(article: Article, sift: Sift) -> bool:
    if sift.outlet and short_id(article.publisher or "") != sift.outlet:
        return False
    return not sift.year or (article.published is not None and article.published.year == sift.year)


def _in_rows(buttons: Sequence[Button], width: int) -> tuple[Row, ...]:
    return tuple(tuple(buttons[n : n + width]) for n in range(0, len(buttons), width))


def start_screen(dossier: Dossier, examples: Sequence[str], words: Texts) -> Screen:
    """The one welcome message, with example questions as buttons."""
    key = "telegram.start" if examples else "telegram.start_bare"
    count = words.count("cli.articles", len(dossier.articles))
    html = words[key].format(
        title=escape(dossier.title),
        articles=escape(count),
        period=escape(period_of(dossier, words)),
    )
    return Screen.of([html], *suggestion_rows(examples, 0))


def period_of(dossier: Dossier, words: Texts) -> str:
    """From when to when the articles were published, in words."""
    days = sorted(article.published for article in dossier.articles if article.published)
    if not days:
        return words["telegram.period_unknown"]
    first, last = (short_date(day, words.language) for day in (days[0], days[-1]))
    key = "telegram.period_one" if first == last else "telegram.period"
    return words[key].format(first=first, last=last)


def inline_rows(reply: Reply, generation: int, username: str) -> tuple[Row, ...]:
    """Under a message inserted elsewhere: the passage opens in a chat with the bot."""
    shown = _first(reply)
    if shown is None:
        return ()
    words = texts(reply.language)
    return ((opening(words["telegram.button_read"], shown, generation, username),),)


def passage_rows(
    citation: Citation, authors: Sequence[str], generation: int, username: str, words: Texts
) -> list[Row]:
    """Copying one quote with its source, copying its footnote, and sharing it."""
    text = copied_text(citation, words.language, COPY_LIMIT)
    if text is None:
        read = read_action(citation, generation)
        copy = button(words["telegram.button_copy"], Copy(*astuple(read)))
    else:
        copy = Button(words["telegram.button_copy"], text, "copy")
    link = deep_link(username, read_action(citation, generation))
    quote = citation.quote if len(citation.quote) <= SHARED else citation.quote[:SHARED] + "…"
    target = f"https://t.me/share/url?url={quote_plus(link)}&text={quote_plus(f'« {quote} »')}"
    line = footnote(citation, words.language, authors, fits=lambda text: length(text) <= COPY_LIMIT)
    note = Button(words["telegram.button_footnote"], line, "copy")
    return [(copy, note, Button(words["telegram.button_share"], target, "open"))]


def copied_text(citation: Citation, language: Language, limit: int | None = None) -> str | None:
    """A quote, whole, with as much of its source as fits; None when nothing of it does."""
    quote = quotation(citation)
    outlet = outlet_name(citation.publisher, citation.agency, language)
    day = short_date(citation.published, language)
    for title in (one_line(citation.title), short_title(one_line(citation.title)), ""):
        text = f"{quote} ({', '.join(part for part in (title, outlet, day) if part)})"
        if limit is None or length(text) <= limit:
            return text
    return None


def copy_screen(citation: Citation, words: Texts) -> Screen:
    """A quote with its source as text that one tap copies."""
    text = copied_text(citation, words.language) or ""
    hint = escape(words["telegram.copy_hint"])
    return Screen.of([f"{hint}\n<code>{escape(text)}</code>"])


def deep_link(username: str, action: Action) -> str:
    """The address that opens the bot and does this."""
    return f"https://t.me/{username}?start={encode(action)}"


def language_screen(words: Texts) -> Screen:
    """The languages, each in its own words, and that of each question."""
    own = [button(texts(one)["telegram.language_name"], Speak(one)) for one in LANGUAGES]
    auto = button(words["telegram.language_auto"], Speak("auto"))
    return Screen.of([escape(words["telegram.language_ask"])], tuple(own), (auto,))


def blame_rows(question: int, words: Texts) -> list[Row]:
    """The reasons for a 👎, two a row."""
    made = [
        button(words[f"telegram.blame.{reason}"], Blame(question, reason)) for reason in REASONS
    ]
    return [tuple(made[:2]), tuple(made[2:])]


def opening(text: str, citation: Citation, generation: int, username: str) -> Button:
    """A button that opens this quote's passage in a chat with the bot."""
    return Button(text, deep_link(username, read_action(citation, generation)), "open")


def _first(reply: Reply) -> Citation | None:
    match reply:
        case Answer(evidence=(first, *_)):
            return first
        case Abstention(nearest=nearest):
            return nearest
        case _:
            return None


def _reading(reply: Reply, generation: int, question: int, words: Texts) -> Row:
    shown = _first(reply)
    if shown is None:
        return ()
    read = button(words["telegram.button_read"], read_action(shown, generation))
    # Two buttons a row: three would cut their words off on a phone.
    return (read, button(words["telegram.button_more"], More(question))) if question else (read,)


def _further(reply: Reply, generation: int) -> Row:
    """A button for each source after the first, which "read the passage" opens."""
    sources = number(reply.evidence).sources if isinstance(reply, Answer) else ()
    return tuple(
        button(f"📄 [{n}]", read_action(source, generation))
        for n, source in enumerate(sources[1:MOST_SOURCES], start=2)
    )


def _dates(reply: Reply, generation: Generation, question: int, words: Texts) -> Row:
    """The button that tells what "mardi" means, where a quote holds such a word."""
    cited = reply.evidence if isinstance(reply, Answer) else ()
    has_dates = any(dates_within(generation.article(c.article), c.start, c.end) for c in cited)
    if not question or not has_dates:
        return ()
    return (button(words["telegram.button_dates"], Dates(question)),)


def _alone(reply: Reply, question: int, words: Texts) -> Row:
    """The button that tells what each outlet added to the copy behind a quote."""
    cited = reply.evidence if isinstance(reply, Answer) else ()
    if not question or not any(twin.same_wire for c in cited for twin in c.also):
        return ()
    return (button(words["telegram.button_alone"], Alone(question)),)


def _rating(reply: Reply, question: int) -> Row:
    if not question or isinstance(reply, Abstention):
        return ()
    return button("👍", Rate(question, good=True)), button("👎", Rate(question, good=False))


def _place(article: Article, position: int, words: Texts) -> str:
    paragraph = article.paragraphs[position]
    key = "render.caption" if paragraph.kind == "caption" else "render.paragraph"
    return words[key].format(n=paragraph.number)
