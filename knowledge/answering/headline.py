"""The first line of an answer: the span that answers, or the clause that says most."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from knowledge.answering import accounts, naming, quantities, spoken, whereabouts
from knowledge.answering.anchors import is_asked_name
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered
from knowledge.answering.found import FAR, Found
from knowledge.answering.line import GROUP, NOWHERE, Headline, tidy
from knowledge.answering.listing import listed
from knowledge.answering.question import Asked
from knowledge.answering.reference import referent
from knowledge.answering.slices import CLAUSE, Span, best_clause
from knowledge.answering.statements import certain
from knowledge.answering.templates import phrase
from knowledge.answering.view import view
from knowledge.answering.weakening import either, weakened
from knowledge.generation import Generation
from knowledge.language.calendars import first_day
from knowledge.language.dates import DateMention, spell_date
from knowledge.language.names import find_names
from knowledge.language.places import place_keys
from knowledge.language.terms import fold, is_topical
from knowledge.language.wordset import is_french
from knowledge.model import Article, Language, ResolvedDate


def headline(
    generation: Generation,
    asked: Asked,
    concepts: tuple[Concept, ...],
    span: Span,
    language: Language,
) -> Headline:
    """The headline of the quote that the span cuts from an article."""
    found = answering(generation, asked, concepts, span, language)
    return clause_of(generation, asked, concepts, span, language) if found is NO_ANSWER else found


NO_ANSWER = Headline("", typed=False, distance=NOWHERE)
"""Of a quote without a span of the wanted kind: a clause of it has to do, see `clause_of`."""


def clause_of(
    generation: Generation,
    asked: Asked,
    concepts: tuple[Concept, ...],
    span: Span,
    language: Language,
    *,
    typed: bool = False,
) -> Headline:
    """The clause that says most, for want of a span; with who says it, where that is known."""
    article = generation.article(span.article)
    quote = article.text[span.start : span.end]
    first, last = best_clause(quote, concepts, CLAUSE)
    plain = asked.wanted == "date" or asked.kind == "yes_no"
    if not plain and (owned := spoken.owned(article, span, (first, last), language)):
        return owned
    return Headline(tidy(quote[first:last]), typed=typed, distance=NOWHERE)


def answering(
    generation: Generation,
    asked: Asked,
    concepts: tuple[Concept, ...],
    span: Span,
    language: Language,
) -> Headline:
    """The headline of a quote that holds a span of the wanted kind, or NO_ANSWER.

    Enough to tell which of many quotes answers best; finding the best clause of each takes longer.
    """
    article, start, end = generation.article(span.article), span.start, span.end
    quote = article.text[start:end]
    if asked.wanted == "date":
        return _date(asked, article, span, concepts, language)
    if asked.kind == "yes_no":
        return _yes_no(article, span, asked, concepts, language)
    if asked.kind == "who_said" and (
        speaker := spoken.speaker_of(article.text, start, end, concepts)
    ):
        return spoken.said_by(quote, *speaker, language)
    found = _spans(quote, asked, concepts)
    if found and found[0].distance <= (REASON_FAR if asked.wanted == "reason" else FAR):
        best = found[0]
        shown = quote[best.start : best.end]
        if asked.kind == "list":
            shown = listed(quote, best, concepts)
        if asked.wanted == "number":
            shown = either(quote, best, concepts) or shown
        if asked.wanted != "definition":
            shown = weakened(quote, best, asked, concepts) or shown
        return Headline(tidy(shown), typed=True, distance=best.distance,
                        span=(best.start, best.end))  # fmt: skip
    if asked.wanted == "person" and (known := _referred(article, span, asked, concepts, language)):
        return known
    if asked.wanted == "person" and (group := naming.people(quote, concepts)):
        return Headline(tidy(quote[group.start : group.end]), typed=False, distance=GROUP)
    if asked.kind == "said":
        clause = best_clause(quote, concepts, CLAUSE)
        if told := spoken.told(article, span, clause, concepts, language):
            return told
    if found:
        return clause_of(generation, asked, concepts, span, language, typed=True)
    return NO_ANSWER


LONE_COST = 4.0
"""Added to the distance of a single name where several are asked for."""
NAMED = 0.6
"""The share from which a word of the question stands in a sentence."""
REASON_FAR = 14
"""A reason stands further off than a name does: what happened stands between."""


@lru_cache(maxsize=256)
def _spans(quote: str, asked: Asked, concepts: tuple[Concept, ...]) -> Sequence[Found]:
    """The slices of the quote that are of the wanted kind, the best first."""
    # Kept, for a sentence that several articles carry is asked for each of them.
    if asked.kind == "list" and (many := naming.enumeration(quote, concepts)):
        return [many]
    found = _one_of_a_kind(quote, asked, concepts)
    if asked.kind == "list":  # one name is a poor list
        return [replace(one, distance=one.distance + LONE_COST) for one in found]
    return found


def _one_of_a_kind(quote: str, asked: Asked, concepts: tuple[Concept, ...]) -> Sequence[Found]:
    """The slices of the quote that are of the wanted kind where one will do, the best first."""
    match asked.wanted:
        case "number":
            return quantities.numbers(quote, concepts)
        case "person":
            if by := naming.agents(quote, concepts, office=asked.office):
                return by
            names = naming.names(
                quote, concepts, people=not asked.anyone, acting=not asked.anyone,
                office=asked.office, said=asked.kind == "who_said",
            )  # fmt: skip
            return [naming.titled(quote, found, concepts) for found in names]
        case "organisation":
            named = naming.names(quote, concepts, office=asked.office)
            if asked.office or asked.kind != "what":  # a place is called something, powers are many
                return named
            return [one for one in named if not place_keys(quote[one.start : one.end])]
        case "place" if asked.situated:
            return whereabouts.situations(quote, concepts) or whereabouts.places(quote, concepts)
        case "place":
            which = asked.kind != "where"
            found = whereabouts.places(quote, concepts, which=which)
            return found or whereabouts.named_alone(quote, concepts, which=which)
        case "definition":
            return accounts.definitions(quote, concepts)
        case "reason":
            return accounts.reasons(quote, concepts)
        case _:
            return ()


def _referred(
    article: Article, span: Span, asked: Asked, concepts: tuple[Concept, ...], language: Language
) -> Headline | None:
    """The name behind the pronoun that the quote turns on; None when that is not certain.

    Who holds an office is told by a sentence that names all of it.
    """
    if asked.office:
        seen = view(article.text[span.start : span.end])
        if min(covered(seen, [c for c in concepts if not c.weak]), default=0.0) < NAMED:
            return None
    found = referent(article, span, concepts)
    if found is None or is_asked_name(found.name, concepts):
        return None
    note = phrase(language, "note.speaker", printed=found.word, name=found.name)
    return Headline(
        tidy(found.name), typed=True, distance=1.0, notes=(note,),
        span=(found.at, found.at + len(found.word)), support=found.sentence,
    )  # fmt: skip


def _yes_no(
    article: Article, span: Span, asked: Asked, concepts: tuple[Concept, ...], language: Language
) -> Headline:
    """The words "Oui" or "Non" before the clause, only where its polarity is certain."""
    sure = [
        stand
        for s in article.sentences
        if s.end > span.start and s.start < span.end
        and (stand := certain(article.text[max(s.start, span.start) : min(s.end, span.end)],
                              asked, concepts))
    ]  # fmt: skip
    if len({stand.denied for stand in sure}) != 1:
        return NO_ANSWER
    key = "headline.no" if sure[0].denied else "headline.yes"
    text = tidy(sure[0].clause)
    inner = text if _starts_with_name(text) else _lowered(text)
    return Headline(phrase(language, key, clause=inner), typed=True, distance=0.0)


def _lowered(text: str) -> str:
    """The text without its first capital; "A" before a name or a noun is printed for "À"."""
    if re.match(r"A (?:l[ae]ur|l[ae]|l['’]|ce|son|sa|ses|cause|partir|[A-ZÀ-Ý])", text):
        return "à" + text[1:]
    return text[0].lower() + text[1:]


def _starts_with_name(text: str) -> bool:
    """Whether the capital of the first word is its own: a name, or the first part of one."""
    first, _, rest = text.partition(" ")
    if not is_topical(first) or re.match(r"[LlDd]['’]", text):
        return False
    common = is_french(fold(first).split("'")[0]) and not rest[:1].isupper()
    return not common or any(name.start == 0 for name in find_names(text))


def _date(
    asked: Asked,
    article: Article,
    span: Span,
    concepts: tuple[Concept, ...],
    language: Language,
) -> Headline:
    quote = article.text[span.start : span.end]
    found = quantities.dates(quote, span.start, article.text, article.published, concepts)
    if not found or found[0].date is None:
        return NO_ANSWER
    best = found[0]
    mention = best.date
    if clause := weakened(quote, best, asked, concepts):
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
        spelled = _spell_span(mention, language)
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


def _spell_span(mention: DateMention, language: Language) -> str:
    """A period in words: two days joined, a season with its year as printed, else from and to."""
    start, end = mention.date or "", mention.end_date or ""
    first, last = spell_date(start, language), spell_date(end, language)
    if len(start) == len(end) == len("2023-02-28") and first_day(end) - first_day(start) == _DAY:
        return phrase(language, "headline.and", first=first, last=last)
    if language == "fr" and start[:4] in mention.text:
        return mention.text
    return phrase(language, "headline.span", first=first, last=last)


_DAY = timedelta(days=1)


def _says_the_same(printed: str, spelled: str) -> bool:
    return printed.lower() == spelled.lower()
