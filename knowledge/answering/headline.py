"""The first line of an answer: the span that answers, or the clause that says most."""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answering import spans
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.question import Asked
from knowledge.answering.slices import Span, best_clause, hangs
from knowledge.answering.spans import Found
from knowledge.answering.templates import phrase
from knowledge.answering.view import view
from knowledge.generation import Generation
from knowledge.language.clauses import clauses
from knowledge.language.dates import spell_date
from knowledge.language.names import find_names
from knowledge.language.polarity import hedged, negated
from knowledge.language.quotation import attribute
from knowledge.language.speech import Quotation
from knowledge.model import Article, Language, ResolvedDate

MAX_HEADLINE = 240
"""Characters of a headline."""
CLAUSE = 220
"""Characters of a headline that is a clause of the quote."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, what it resolved, and whether a span of the wanted kind was found."""

    text: str
    typed: bool
    distance: float = 0.0
    notes: tuple[str, ...] = ()
    dates: tuple[ResolvedDate, ...] = ()
    span: tuple[int, int] | None = None
    """Where in the quote the span stands; None when a clause was taken."""


def headline(
    generation: Generation,
    asked: Asked,
    concepts: tuple[Concept, ...],
    span: Span,
    language: Language,
) -> Headline:
    """The headline of the quote that the span cuts from an article."""
    article, start, end = generation.article(span.article), span.start, span.end
    quote = article.text[start:end]
    match asked.wanted:
        case "date":
            return _date(asked, article, span, concepts, language)
        case "number":
            found = spans.numbers(quote, concepts)
        case "person":
            if asked.kind == "who_said" and (
                speaker := _speaker(article.text, start, end, concepts)
            ):
                return _said_by(quote, *speaker, language)
            people = spans.names(quote, concepts, people=not asked.anyone, office=asked.office,
                                 said=asked.kind == "who_said")  # fmt: skip
            found = [spans.titled(quote, f, concepts) for f in people]
        case "organisation":
            found = spans.names(quote, concepts)
        case "place":
            found = spans.places(quote, concepts) or spans.names(quote, concepts)
        case "definition":
            found = spans.definitions(quote, concepts)
        case "reason":
            found = spans.reasons(quote, concepts)
        case _:
            found = []
    if asked.kind == "yes_no":
        return _yes_no(quote, asked, concepts, language)
    if asked.kind == "list" and (many := spans.enumeration(quote, concepts)):
        found = [many]
    if found and found[0].distance <= spans.FAR:
        best = found[0]
        defining = asked.wanted == "definition"
        if not defining and (clause := weakened(quote, best, asked)):
            return Headline(tidy(clause), typed=True, distance=best.distance,
                            span=(best.start, best.end))  # fmt: skip
        return Headline(tidy(quote[best.start : best.end]), typed=True, distance=best.distance,
                        span=(best.start, best.end))  # fmt: skip
    if asked.wanted == "person" and (group := spans.people(quote, concepts)):
        return Headline(tidy(quote[group.start : group.end]), typed=False, distance=99.0)
    first, last = best_clause(quote, concepts, CLAUSE)
    return Headline(tidy(quote[first:last]), typed=bool(found), distance=99.0)


def _speaker(
    text: str, start: int, end: int, concepts: tuple[Concept, ...]
) -> tuple[str, str] | None:
    """(who said what the question quotes, as the article prints it there); None when unsure."""
    first = text.rfind("\n\n", 0, text.rfind("\n\n", 0, start) if "\n\n" in text[:start] else 0)
    last = text.find("\n\n", end)
    window = text[max(0, first) : last if last > 0 else len(text)]
    offset = max(0, first)
    best: tuple[float, str, str] | None = None
    for paragraph, found in zip(*_attributed(window), strict=True):
        base = offset + window.index(paragraph)
        for q in found:
            if not q.speaker_text or base + q.end <= start or base + q.start >= end:
                continue
            held = sum(covered(view(paragraph[q.inner_start : q.inner_end]), concepts))
            printed = (
                paragraph[q.speaker_start : q.speaker_end] if q.speaker_start is not None else ""
            )
            if held and (best is None or held > best[0]):
                best = (held, q.speaker_text, printed)
    return best[1:] if best else None


@lru_cache(maxsize=500)
def _attributed(window: str) -> tuple[tuple[str, ...], tuple[tuple[Quotation, ...], ...]]:
    paragraphs = tuple(p for p in window.split("\n\n") if p.strip())
    return paragraphs, attribute(paragraphs)


def _said_by(quote: str, speaker: str, printed: str, language: Language) -> Headline:
    notes: tuple[str, ...] = ()
    if speaker not in quote:
        notes = (phrase(language, "note.speaker", printed=printed, name=speaker),)
    at = quote.find(printed) if printed else -1
    span = (at, at + len(printed)) if at >= 0 else (0, 1)
    return Headline(tidy(speaker), typed=True, distance=0.0, notes=notes, span=span)


def _yes_no(
    quote: str, asked: Asked, concepts: tuple[Concept, ...], language: Language
) -> Headline:
    """The words "Oui" or "Non" before the clause, only where its polarity is certain.

    Certain: every word of weight of the question stands in the clause, nothing hedges it, and
    the question does not deny.
    """
    first, last = best_clause(quote, concepts, CLAUSE)
    clause = quote[first:last]
    shares = covered(view(clause), concepts)
    whole = all(share >= SURE_SHARE or c.weak for share, c in zip(shares, concepts, strict=True))
    text = tidy(clause)
    if (
        whole
        and not asked.negated
        and not hedged(clause)
        and "?" not in clause
        and "«" not in clause
    ):
        key = "headline.no" if negated(clause) else "headline.yes"
        inner = text if _starts_with_name(text) else text[0].lower() + text[1:]
        return Headline(phrase(language, key, clause=inner), typed=True, distance=0.0)
    return Headline(text, typed=False, distance=99.0)


SURE_SHARE = 0.55
"""The weakest equivalent ("soldats" for "troupes") on which a yes or no may rest."""


def _starts_with_name(text: str) -> bool:
    return any(name.start == 0 for name in find_names(text))


def weakened(quote: str, found: Found, asked: Asked) -> str:
    """The clause of a span that a negation or a hedge stands in; "" when the span can go alone.

    A bare name, date or figure cut from "pourrait ouvrir en 2027" would say too much.
    """
    for start, end in clauses(quote):
        if not start <= found.start < end:
            continue
        clause = quote[start:end]
        outside = quote[start : found.start] + " " + quote[min(end, found.end) : end]
        turned = negated(outside) and not asked.negated
        if (turned or hedged(outside)) and len(clause) <= MAX_HEADLINE - 2:
            return clause if not hangs(clause) else quote[:end] if end < MAX_HEADLINE else ""
    return ""


def _date(
    asked: Asked,
    article: Article,
    span: Span,
    concepts: tuple[Concept, ...],
    language: Language,
) -> Headline:
    quote = article.text[span.start : span.end]
    found = spans.dates(quote, span.start, article.text, article.published, concepts)
    if not found or found[0].date is None:
        first, last = best_clause(quote, concepts, CLAUSE)
        return Headline(tidy(quote[first:last]), typed=False, distance=99.0)
    best = found[0]
    mention = best.date
    if clause := weakened(quote, best, asked):
        return Headline(tidy(clause), typed=True, distance=best.distance,
                        span=(best.start, best.end))  # fmt: skip
    if mention is None or mention.date is None:
        shown = phrase(
            language, "headline.date_unresolved", date=tidy(mention.text if mention else "")
        )
        return Headline(
            shown.replace(". (", " ("), typed=True, distance=best.distance,
            span=(best.start, best.end),
        )  # fmt: skip
    resolved = ResolvedDate(mention.text, mention.date, mention.rule)
    spelled = spell_date(mention.date, language)
    if mention.end_date:
        spelled = phrase(
            language, "headline.and", first=spelled, last=spell_date(mention.end_date, language)
        )
    printed = quote[best.start : best.end]
    if _says_the_same(printed, spelled):
        return Headline(tidy(printed), typed=True, distance=best.distance, dates=(resolved,),
                        span=(best.start, best.end))  # fmt: skip
    return Headline(
        tidy(phrase(language, "headline.date", date=spelled)),
        typed=True,
        distance=best.distance,
        notes=(mention.rule,),
        dates=(resolved,),
        span=(best.start, best.end),
    )


def _says_the_same(printed: str, spelled: str) -> bool:
    return printed.lower() == spelled.lower()


_CONNECTOR = re.compile(
    r"^(?:cependant|toutefois|par exemple|en effet|ainsi|par ailleurs|enfin|à l['’]inverse"
    r"|néanmoins|pourtant|or|mais|et|ou|puis|pour sa part|de plus|en outre),?\s(?=\w)",
    re.IGNORECASE,
)
"""Words that link a sentence to the one before, and say nothing alone."""


def tidy(text: str) -> str:
    """A slice as a line of its own: capital first, one full stop, no dangling mark."""
    text = _CONNECTOR.sub("", " ".join(text.split()).strip(" ,;:–—-"))
    text = re.sub(r"\.{1,}$", "", text)
    for opening, closing in (("(", ")"), ("«", "»"), ("“", "”")):
        if text.count(opening) != text.count(closing):
            text = _balanced(text, opening, closing)
    if text.count('"') % 2:
        text = text.removesuffix('"') if text.endswith('"') else text + '"'
    if not text:
        return text
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else text + "."


def _balanced(text: str, opening: str, closing: str) -> str:
    missing = text.count(opening) - text.count(closing)
    if missing > 0:
        space = " " if closing == "»" else ""
        return text + space + closing
    return text.replace(closing, "", -missing).strip()


__all__ = ["Found", "Headline", "headline", "tidy"]
