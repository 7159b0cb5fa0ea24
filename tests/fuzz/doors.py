"""Every door that outside text comes through, as functions that hold what must always hold.

A door takes what it is given and either raises the error that its module documents, which is
caught here, or gives a value, which is looked at. Anything else that is raised is a finding.
"""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from functools import cache
from pathlib import Path
from time import process_time

from knowledge.errors import BrokenManifest, UnreadableArticle, UnusableSearch
from knowledge.generation import Generation
from knowledge.model import Answer, Article

PUBLISHED = date(2024, 5, 16)
MOST_SECONDS = 2.0
"""Of the processor, for one input; more is a finding. Measured: 1.5 s (dates, twice) at 20,000
characters on a busy machine, 0.3 s for most doors."""


class TooSlow(Exception):
    """A door took longer than MOST_SECONDS."""


@cache
def town() -> Generation:
    """The dossier that questions are asked of."""
    from tests.knowledge.answering.town import valmeur

    return valmeur()


def cleaning(text: str) -> None:
    """A pasted text becomes an article whose parts are slices of its text."""
    from knowledge.corpus import lines, parse
    from knowledge.corpus.article import build
    from knowledge.corpus.cleaning import clean
    from knowledge.corpus.draft import Draft
    from knowledge.corpus.encoding import normalize

    _sound(parse("Titre", text))
    _sound(build("lu", clean(Draft(lines.read(normalize(text))), reference=PUBLISHED)))


def _sound(article: Article) -> None:
    end = 0
    for paragraph in article.paragraphs:
        assert end <= paragraph.start < paragraph.end <= len(article.text)
        end = paragraph.end
    for sentence in article.sentences:
        assert 0 <= sentence.start < sentence.end <= len(article.text)


def tokenizing(text: str) -> None:
    """Tokens are slices in order; the same terms come of them twice."""
    from knowledge.language.terms import analyze, fields, tokenize

    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
    assert analyze(text) == analyze(text)
    fields(text)


def dates(text: str) -> None:
    """Dates are slices in order, and days that exist."""
    from knowledge.language.dates import find_dates, find_question_period

    for mention in (*find_dates(text, PUBLISHED), *find_dates(text, None)):
        assert 0 <= mention.start < mention.end <= len(text)
    find_question_period(text, PUBLISHED)


def numbers(text: str) -> None:
    """Numbers are slices, and equal to themselves."""
    from knowledge.language.numbers import find_numbers, same_number

    for mention in find_numbers(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert same_number(mention, mention)


def quotes(text: str) -> None:
    """Quotations are slices, whoever said them."""
    from knowledge.language.quotation import find_quotations

    for quotation in find_quotations(text):
        assert 0 <= quotation.start < quotation.end <= len(text)


def searching(text: str) -> None:
    """A search is understood or refused with a sentence."""
    from knowledge.answering.search import find

    with suppress(UnusableSearch):
        find(town(), text, k=3)


def asking(text: str) -> None:
    """A question has a reply whose quotes are slices, and every renderer can show it."""
    from bot.render.plain import reply_text
    from bot.render.telegram import reply_pages
    from knowledge.answering import answer

    generation = town()
    reply = answer(generation, text)
    cited = reply.evidence if isinstance(reply, Answer) else (reply.nearest,)
    for citation in cited:
        if citation is not None:
            article = generation.article(citation.article)
            assert citation.quote == article.text[citation.start : citation.end]
    reply_text(reply).encode()
    for page in reply_pages(reply):
        page.encode()


def verifying(text: str) -> None:
    """A quote is checked, whatever it is."""
    from knowledge.press.verify import verify

    verify(town(), text)


def pressing(text: str) -> None:
    """What a button says is an action that is written the same way, or nothing."""
    from bot.telegram.callbacks import decode, encode

    action = decode(text)
    assert action is None or encode(action) == text


def front_matter(text: str) -> None:
    """A block of facts above a text."""
    from knowledge.corpus.frontmatter import split

    split(f"---\n{text}\n---\nSuite.")
    split(text)


def exports(text: str) -> None:
    """What a press database exports."""
    from knowledge.corpus.exports import split

    split(text)


def _file(suffix: str) -> Callable[[bytes], None]:
    def read(content: bytes) -> None:
        from knowledge.corpus.article import build
        from knowledge.corpus.cleaning import clean
        from knowledge.corpus.files import File
        from knowledge.corpus.reading import read as drafts

        file = File(Path(f"lu{suffix}"), f"lu{suffix}", "lu", len(content), 0)
        with suppress(UnreadableArticle):
            for identity, draft in drafts(file, content):
                cleaned = clean(draft)
                if cleaned.paragraphs:
                    _sound(build(identity, cleaned))

    read.__doc__ = f"A {suffix} file is an article, or set aside."
    return read


def manifest(content: bytes) -> None:
    """dossier.toml is read, or refused with its line."""
    from knowledge.corpus.manifest import load

    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        Path(file.name).write_bytes(content)
        with suppress(BrokenManifest):
            load(Path(file.name))


def unpacking(content: bytes) -> None:
    """A zip gives plain files with safe names, or is refused."""
    from bot.telegram.unpacking import UnusableUpload, unpack

    with suppress(UnusableUpload):
        for name, _ in unpack("envoi.zip", content, 1):
            assert "/" not in name
            assert "\\" not in name
            assert not name.startswith(".")


def word(content: bytes) -> None:
    """The XML inside a Word document, in a sound zip."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        package.writestr("word/document.xml", content)
        package.writestr("docProps/core.xml", content)
    BYTES[".docx"](whole.getvalue())


TEXTS: Mapping[str, Callable[[str], None]] = {
    door.__name__: door
    for door in (
        cleaning, tokenizing, dates, numbers, quotes, searching, asking, verifying, pressing,
        front_matter, exports,
    )
}  # fmt: skip
BYTES: Mapping[str, Callable[[bytes], None]] = {
    **{suffix: _file(suffix) for suffix in (".txt", ".md", ".html", ".docx", ".pdf")},
    "manifest": manifest,
    "unpacking": unpacking,
    "word": word,
}


@contextmanager
def in_time(name: str) -> Iterator[None]:
    """Raises TooSlow when what is inside took the processor too long."""
    began = process_time()
    yield
    took = process_time() - began
    if took > MOST_SECONDS:
        raise TooSlow(f"{name}: {took:.1f} s")
