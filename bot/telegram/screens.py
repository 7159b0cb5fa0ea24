"""What each kind of message looks like: rendered pages with the buttons that belong to them."""

from collections.abc import Sequence

from bot.render.citation import number, outlet_name, short_date, short_title
from bot.render.markup import escape
from bot.render.passages import FoundPassage
from bot.render.telegram import (
    article_page,
    found_page,
    passage_pages,
    reply_pages,
    sources_page,
)
from bot.telegram.callbacks import (
    Action,
    Card,
    More,
    Rate,
    Suggested,
    Walk,
    encode,
    read_action,
    short_id,
)
from bot.telegram.screen import Button, Page, Row, Screen
from bot.texts import Texts, texts
from knowledge.generation import Generation
from knowledge.model import Abstention, Answer, Article, Citation, Dossier, Language, Reply

PER_PAGE = 5
SOURCES_PER_PAGE = 8
MOST_SOURCES = 5
"""Sources of an answer that have a button of their own: a brief's, at most."""


def button(text: str, action: Action) -> Button:
    """A button that says this action."""
    return Button(text, encode(action))


def reply_screen(
    reply: Reply, generation: Generation, question: int, asked: str | None = None
) -> Screen:
    """A reply with its buttons; `question` is its number in the state, 0 when it was not kept."""
    words = texts(reply.language)
    pages = reply_pages(reply, generation.article, asked=asked)
    return Screen.of(
        pages,
        _reading(reply, generation.number, question, words),
        (*_further(reply, generation.number), *_rating(reply, question)),
        *suggestion_rows(reply.suggestions, question),
    )


def suggestion_rows(suggestions: Sequence[str], question: int) -> list[Row]:
    """One row a question: side by side they would be cut off on a phone."""
    return [(button(text, Suggested(question, n)),) for n, text in enumerate(suggestions)]


def passage_screen(
    article: Article, start: int, end: int, language: Language, *, position: int | None = None
) -> Screen:
    """A quote in its place, or the paragraph at a position, with ◀ ▶ through the article."""
    words = texts(language)
    if position is not None:
        start = end = article.paragraphs[position].start
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
    about = (button(words["telegram.button_article"], Card(short)),)
    return Screen.of(passage_pages(article, start, end, language), tuple(walk), about)


def article_screen(article: Article, language: Language) -> Screen:
    """An article's card, with a button that opens its text."""
    words = texts(language)
    begin = button(words["telegram.button_begin"], Walk(short_id(article.id), 0))
    return Screen.of(article_page(article, language), (begin,))


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


def sources_screen(dossier: Dossier, language: Language) -> Screen:
    """The dossier's articles, eight a page, each with a numbered button for its card."""
    count = texts(language).count("cli.articles", len(dossier.articles))
    pages: list[Page] = []
    for first in range(0, len(dossier.articles), SOURCES_PER_PAGE):
        shown = dossier.articles[first : first + SOURCES_PER_PAGE]
        numbered = [
            button(str(n), Card(short_id(article.id)))
            for n, article in enumerate(shown, start=first + 1)
        ]
        rows = tuple(tuple(numbered[n : n + 4]) for n in range(0, len(numbered), 4))
        html = sources_page(dossier.title, count, shown, language, first=first + 1)
        pages += (Page(one, rows) for one in html)
    return Screen(tuple(pages))


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


def shared_text(citation: Citation, language: Language) -> str:
    """The quote with its source, as somebody pastes it elsewhere."""
    outlet = outlet_name(citation.publisher, citation.agency, language)
    about = ", ".join(
        part
        for part in (short_title(citation.title), outlet, short_date(citation.published, language))
        if part
    )
    return f"« {citation.quote} » ({about})"


def _reading(reply: Reply, generation: int, question: int, words: Texts) -> Row:
    match reply:
        case Answer(evidence=(first, *_)):
            shown: Citation | None = first
        case Abstention(nearest=nearest):
            shown = nearest
        case _:
            shown = None
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


def _rating(reply: Reply, question: int) -> Row:
    if not question or isinstance(reply, Abstention):
        return ()
    return button("👍", Rate(question, good=True)), button("👎", Rate(question, good=False))


def _place(article: Article, position: int, words: Texts) -> str:
    paragraph = article.paragraphs[position]
    key = "render.caption" if paragraph.kind == "caption" else "render.paragraph"
    return words[key].format(n=paragraph.number)
