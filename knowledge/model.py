"""The values that flow through Dossier; all frozen, all offsets in characters and half-open.

corpus: files -> Article -> Passage; retrieval: Query -> Hit; answering: Hit -> Citation -> Reply.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

ParagraphKind = Literal["body", "caption"]
"""A caption is searchable, ranks below the body, and is cited as a caption."""

Language = Literal["fr", "en", "ru"]

QuestionKind = Literal[
    "who", "when", "where", "how_many", "why", "how", "what", "said", "who_said", "yes_no",
    "compare", "list", "define", "brief", "about_dossier", "small_talk", "keywords",
]  # fmt: skip

Reason = Literal["no_match", "low_coverage", "wrong_type", "other_actor", "off_topic", "small_talk"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; bodies and captions are numbered apart, each from 1."""

    number: int
    kind: ParagraphKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article; `paragraph` is an index into `Article.paragraphs`."""

    article: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of a file that is not part of the article, and the cleaning rule that says so."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article: cleaned text (NFC, paragraphs split by a blank line, title not in it)."""

    id: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    publisher: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    published_from: str | None = None
    """How the date was found: "manifest", "metadata", "dateline", "caption"…; None without one."""
    url: str | None = None
    language: str = "fr"
    dropped: tuple[Dropped, ...] = ()
    note: str | None = None
    """An admin's correction or retraction, shown wherever the article is cited."""

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that holds this offset (the last one that starts at or before it)."""
        found = self.paragraphs[0]
        for paragraph in self.paragraphs:
            if paragraph.start > offset:
                break
            found = paragraph
        return found


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and searched: one paragraph, or a few short ones in a row.

    `paragraph` is the number of its main (longest) paragraph.
    """

    article: str
    paragraph: int
    kind: ParagraphKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReferenceQuestion:
    """A question of dossier.toml: the gate of a reload.

    `expect`: regular expressions on folded text, all of which the answer holds; empty with
    `refuse`. `articles`: ids one of which is cited first.
    """

    question: str
    expect: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    refuse: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that is not served, and why, in one sentence that names it."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a folder holds once read: articles in the order of their ids."""

    title: str
    language: str
    articles: Sequence[Article]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[ReferenceQuestion, ...] = ()
    reference_date: date | None = None
    set_aside: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What narrows a search: outlet names (folded, contained) and a period (both ends in)."""

    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.outlets or self.since or self.until or self.articles)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `passage` is its number in `Generation.passages`, rank counts from 0.

    A hit has at least one matched term; ties keep corpus order.
    """

    passage: int
    score: float
    rank: int
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """A date expression of a quote: its words, the ISO date they mean, and the rule used."""

    text: str
    date: str
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim slice of an article with its source: `quote == article.text[start:end]`."""

    quote: str
    article: str
    title: str
    publisher: str | None
    agency: str | None
    published: date | None
    url: str | None
    paragraph: int
    kind: ParagraphKind
    start: int
    end: int
    score: float = 0.0
    dates: tuple[ResolvedDate, ...] = ()
    also: tuple["Citation", ...] = ()
    same_wire: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasoning behind a reply, for --explain: titled tables of text cells."""

    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A question answered: headline (1-240 characters, plain text) and its proof, best first."""

    question: str
    understood: str
    language: Language
    kind: QuestionKind
    headline: str
    evidence: tuple[Citation, ...]
    confidence: float
    code: str
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    explanation: Explanation = field(default=Explanation(), compare=False)


@dataclass(frozen=True, slots=True)
class Abstention:
    """A question that the dossier does not answer; `message` says so in the frame's language.

    Small talk is an abstention too: `message` is then the friendly line.
    """

    question: str
    understood: str
    language: Language
    kind: QuestionKind
    reason: Reason
    message: str
    confidence: float
    code: str
    nearest: Citation | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    explanation: Explanation = field(default=Explanation(), compare=False)


Reply = Answer | Abstention


class Encoder(Protocol):
    """Turns texts into unit vectors, one row a text."""

    name: str

    def encode(self, texts: Sequence[str], *, query: bool) -> "Sequence[Sequence[float]]":
        """Vectors of the texts; `query` tells questions from passages."""


PassageIds = AbstractSet[tuple[str, int]]
"""(article id, paragraph number) pairs, as `exclude` takes them."""
