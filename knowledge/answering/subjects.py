"""What a question for a summary or a comparison is about, and the extracts that tell of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from knowledge.answering.asking import Asking
from knowledge.answering.concepts import Concept
from knowledge.answering.evidence import search_terms
from knowledge.disputes import frame_forms, frames_by_sentence
from knowledge.extracts import Extract, choose, coverage, extracts, held, words_of
from knowledge.generation import Generation
from knowledge.language.terms import (
    fold,
    normal_form,
    stem,
    tokenize,
    topical_tokens,
    word_list,
)
from knowledge.model import Article

ROOM = 570
"""Characters of the extracts of one answer: with its headline it stays under 700."""
ALL_TOLD = 690
"""Characters of headline and extracts together."""
LONGEST = 220
"""Characters of one of them."""
PASSAGES = 24
"""Passages in which a subject is looked for."""
HELD = 0.6
"""The part of the subject, by weight, that an extract has to hold with its paragraph and title."""
LOWEST = 0.45
"""How telling the extracts after the first are, as a part of the first."""
ARTICLES_READ = 60
"""A larger dossier is summed up by its latest articles."""

Allowed = Callable[[int], bool] | None
"""Which passages may be used; None: all."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be summed up: its concepts, and the words of the question that name it."""

    concepts: tuple[Concept, ...]
    text: str


def subject_of(asking: Asking, articles: Sequence[Article]) -> Subject:
    """The question without the words that ask, and without the outlets that it names."""
    asking_words = word_list("fr/briefing.txt")
    outlets = {
        normal_form(token.text)
        for article in articles
        for name in (article.publisher, article.agency)
        for token in tokenize(name or "")
    }
    kept = tuple(
        c
        for c in asking.concepts
        if c.surface not in asking_words and c.surface not in outlets and not _is_id(asking, c)
    )
    if not kept:
        return Subject((), "")
    kept = tuple(
        replace(c, forms=(*c.forms, *framed), known=True)
        if (framed := frame_forms(asking.text[c.start : c.end]))
        else c
        for c in kept
    )
    start, end = kept[0].start, kept[-1].end
    lead = _DETERMINER.search(asking.text[:start])
    if lead:
        start = lead.start("article") if lead["article"] else start
    printed = asking.text[start:end]
    contracted = {"du": "le ", "des": "les ", "au": "le ", "aux": "les "}
    if lead and (whole := contracted.get(lead["contracted"] or "")):
        printed = whole + printed
    telling = _telling(kept)
    return Subject(telling, printed if telling else "")


def _telling(concepts: tuple[Concept, ...]) -> tuple[Concept, ...]:
    """The concepts without what only calls the subject a crisis, where no article calls it so.

    In print such a word counts as any other; where it stands alone, all there is is asked for.
    """
    vague = word_list("fr/vague.txt")
    return tuple(c for c in concepts if c.in_print or c.surface not in vague)


def _is_id(asking: Asking, concept: Concept) -> bool:
    """Whether the concept is (part of) the id in "l'article 003"."""
    found = _CALLED.search(asking.text)
    return (
        found is not None
        and any(c.isdigit() for c in found["id"])
        and found.start("id") <= concept.start < found.end("id")
    )


_DETERMINER = re.compile(
    r"(?<!\w)(?:(?P<article>l[ea]s?\s|l['’]|une?\s|the\s)|(?P<contracted>du|des|aux?)\s)\Z",
    re.IGNORECASE,
)


def named_articles(generation: Generation, asking: Asking) -> list[Article]:
    """The articles of the outlets that the question names, in the dossier's order."""
    text = fold(asking.question)
    named = {
        name
        for name in generation.outlets()
        if re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", text)
    }
    wanted = {fold(name) for name in named} | set(asking.limits.outlets)
    if not wanted and not _CALLED.search(asking.question):
        return []
    cards = list(generation.cards())
    ids = [card.id for card in cards if _is_called(card.id, asking.question)] or [
        card.id
        for card in cards
        if any(fold(name or "") in wanted for name in (card.publisher, card.agency))
    ]
    return [generation.article(one) for one in ids[:ARTICLES_READ]]


_CALLED = re.compile(r"\b(?:article|статья|статью)\s+(?:n°\s?)?(?P<id>[\w-]{2,80})", re.IGNORECASE)


def _is_called(article_id: str, question: str) -> bool:
    """Whether the question calls the article by its id or the start of it ("l'article 003")."""
    found = _CALLED.search(question)
    return (
        found is not None
        and any(c.isdigit() for c in found["id"])
        and (article_id.startswith(found["id"]))
    )


def about(
    generation: Generation,
    asking: Asking,
    subject: Subject,
    articles: Sequence[Article],
    allowed: Allowed,
    *,
    longest: int = LONGEST,
    strict: bool = False,
) -> list[Extract]:
    """The extracts on the subject, scored; [] when a name of it is nowhere in print.

    `strict`: what only names somebody of the subject is left out.
    """
    concepts = subject.concepts
    if any(c.named and not c.known for c in concepts):
        return []
    words = " ".join(asking.text[c.start : c.end] for c in concepts)
    hits = generation.index.rank(
        search_terms(generation, words, concepts), PASSAGES, allowed=allowed
    )
    places = [generation.passages[hit.passage] for hit in hits]
    ids = {article.id for article in articles}
    places = [p for p in places if p.kind == "body" and (not ids or p.article in ids)]
    order = list(dict.fromkeys(p.article for p in places))
    found = [
        one
        for one in extracts(generation, [generation.article(name) for name in order], longest)
        if one.leans < 1
    ]
    leads = {name: words_of(generation.article(name).title) for name in order}
    for one in found:
        if one.position < LEAD:
            leads[one.article.id] |= one.words
    graded = (
        _graded(one, concepts, _words(generation, one), leads[one.article.id], strict=strict)
        for one in found
    )
    return [one for one in graded if one.score > 0]


LEAD = 2
"""Paragraphs that say what an article is about."""
MAINLY = 0.8
"""The part of the subject that title and lead of an article hold when it is what they are about."""
TITLED = 0.5
"""What a subject named in the title alone counts beside one named in the extract."""
SPOKEN = 0.4
"""What words of somebody whom the subject names gain."""


def _graded(
    one: Extract, concepts: Sequence[Concept], words: frozenset[str], lead: frozenset[str], *,
    strict: bool,
) -> Extract:  # fmt: skip
    """The extract with how well it tells of the subject; 0 when it speaks of something else.

    `words`: those of the extract, with what its numbers are about.
    """
    title = words_of(one.article.title)
    around = title | _paragraph(one) | words
    mainly = coverage(lead, concepts) >= MAINLY
    if mainly:
        around |= lead
    shares = held(around, concepts)
    lost = any(c.named and not s for c, s in zip(concepts, shares, strict=True))
    # What the title names, the head of the article tells most of.
    titled = TITLED / (1 + 0.5 * one.position)
    own = max(coverage(words, concepts), titled * coverage(title, concepts))
    # A synonym of the one word that is asked may be another thing.
    least = MAINLY if len(concepts) == 1 else 0.01
    told = coverage(words, concepts) >= least or coverage(title, concepts) >= MAINLY
    if lost or not told or coverage(around, concepts) < HELD:
        return replace(one, score=0.0)
    plain = [c for c in concepts if not c.named]
    # Of "la visite de X" a sentence on X that holds nothing of the visit tells less.
    topical = coverage(words, plain) if plain else own
    if plain and not topical and (strict or not mainly or own < BESIDE):
        topical = titled * coverage(title, plain)
        own = min(own, topical)
    if not (topical or own):
        return replace(one, score=0.0)
    score = 1.2 * own + 0.5 * topical + 0.6 * one.score
    names = [c for c in concepts if c.named]
    score += OPENING * _opens(one, names)
    score += SPOKEN * (_QUOTED.search(one.text) is not None and coverage(one.words, names) > 0)
    return replace(one, score=round(score * (1 - 0.7 * one.leans), 6))


BESIDE = 0.35
"""The part of the subject that an extract holds at least which tells of its names alone."""
OPENING = 0.5
"""What a name of the subject at the head of an extract gains: there the sentence is about it."""


def _opens(one: Extract, names: Sequence[Concept]) -> float:
    """How early a name of the subject stands: 1 at the head, 0 at the end or nowhere."""
    forms = {form.split(" ")[-1] for c in names for form, _ in c.forms}
    stems = [stem(token.text) for token in topical_tokens(one.text)]
    at = next((n for n, word in enumerate(stems) if word in forms), len(stems))
    return 1 - at / max(1, len(stems))


_QUOTED = re.compile(r"«[^«»]{30,}»|\"[^\"]{30,}\"|“[^“”]{30,}”")


def named_so(generation: Generation, subject: Subject, chosen: Sequence[Extract]) -> bool:
    """Whether the extracts, with their titles, hold every word that names the subject.

    "La visite triomphale" is no subject of articles that tell of a visit only.
    """
    words = frozenset().union(
        *(_words(generation, one) | words_of(one.article.title) for one in chosen)
    )
    return all(c.weak or share for c, share in zip(subject.concepts, held(words, subject.concepts),
                                                   strict=True))  # fmt: skip


def tells_all(one: Extract, subject: Subject) -> bool:
    """Whether one extract is enough: it holds the whole subject itself."""
    return coverage(one.words, subject.concepts) >= MAINLY


def best_of(found: Sequence[Extract], most: int, room: int = ROOM) -> tuple[Extract, ...]:
    """The extracts that tell most of the subject, none that repeats another."""
    top = max((one.score for one in found), default=0.0)
    return choose([one for one in found if one.score >= LOWEST * top], most, room=room)


def sure(found: Sequence[Extract], subject: Subject) -> float:
    """The confidence of an answer from these extracts: more when one holds the whole subject."""
    best = max((coverage(one.words, subject.concepts) for one in found), default=0.0)
    return round(0.5 + 0.4 * best, 4)


def _words(generation: Generation, one: Extract) -> frozenset[str]:
    """The words of an extract, with what the numbers of its sentence are about ("#cost")."""
    article = one.article
    frames = generation.once(("frames", article.id), partial(frames_by_sentence, article))
    return one.words | frames[one.sentence.start]


def _paragraph(one: Extract) -> frozenset[str]:
    place = one.article.paragraphs[one.sentence.paragraph]
    return words_of(one.article.text[place.start : place.end])
