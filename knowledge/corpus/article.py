"""Clean paragraphs -> Article: text, offsets, numbers, sentences; pure."""

import re
from collections.abc import Iterable

from knowledge.corpus import sentences
from knowledge.corpus.draft import Cleaned, Facts
from knowledge.corpus.encoding import normalize
from knowledge.model import Article, Paragraph, ParagraphKind, Sentence

SEPARATOR = "\n\n"
DEFAULT_LANGUAGE = "fr"
_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_SPACES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_TITLE_LENGTH = 90


def squeeze(text: str) -> str:
    """The text on one line: each run of blanks and line breaks is one space; hard spaces stay."""
    return _SPACES.sub(" ", text).strip()


def parse(title: str, text: str, article_id: str = "text") -> Article:
    """An article of already clean text: paragraphs split at blank lines, nothing dropped."""
    blocks = (squeeze(block) for block in _BLANK_LINES.split(normalize(text).replace("\r\n", "\n")))
    paragraphs: list[tuple[ParagraphKind, str]] = [("body", block) for block in blocks if block]
    return build(article_id, Cleaned(tuple(paragraphs), Facts(title=squeeze(normalize(title)))))


def build(article_id: str, cleaned: Cleaned, language: str = DEFAULT_LANGUAGE) -> Article:
    """The article of cleaned paragraphs; without a title its first words serve as one."""
    text, paragraphs = _lay_out(cleaned.paragraphs)
    facts = cleaned.facts
    return Article(
        id=article_id,
        title=facts.title or _first_words(cleaned.paragraphs) or article_id,
        text=text,
        paragraphs=paragraphs,
        sentences=_sentences(article_id, text, paragraphs),
        publisher=facts.publisher,
        agency=facts.agency,
        authors=facts.authors,
        published=facts.published,
        published_from=facts.published_from if facts.published else None,
        url=facts.url,
        language=facts.language or language,
        dropped=cleaned.dropped,
        note=facts.note,
    )


def _lay_out(
    blocks: Iterable[tuple[ParagraphKind, str]],
) -> tuple[str, tuple[Paragraph, ...]]:
    numbers: dict[ParagraphKind, int] = {"body": 0, "caption": 0}
    paragraphs: list[Paragraph] = []
    texts: list[str] = []
    start = 0
    for kind, text in blocks:
        numbers[kind] += 1
        paragraphs.append(Paragraph(numbers[kind], kind, start, start + len(text)))
        texts.append(text)
        start += len(text) + len(SEPARATOR)
    return SEPARATOR.join(texts), tuple(paragraphs)


def _sentences(article_id: str, text: str, paragraphs: Iterable[Paragraph]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(article_id, index, start, end)
        for index, paragraph in enumerate(paragraphs)
        for start, end in sentences.split(text, paragraph.start, paragraph.end)
    )


def _first_words(blocks: Iterable[tuple[ParagraphKind, str]]) -> str:
    for kind, text in blocks:
        if kind == "body":
            start, end = sentences.split(text)[0]
            sentence = text[start:end]
            if len(sentence) <= _TITLE_LENGTH:
                return sentence.rstrip(".")
            return sentence[:_TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return ""
