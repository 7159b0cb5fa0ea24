"""Headlines of what somebody said: their words with their name, or who said the words asked for."""

from knowledge.answering.anchors import is_asked_name
from knowledge.answering.concepts import Concept
from knowledge.answering.features import covered, mass
from knowledge.answering.line import MAX_HEADLINE, Headline, tidy
from knowledge.answering.slices import Span, best_clause
from knowledge.answering.templates import phrase
from knowledge.answering.view import view
from knowledge.answering.voices import said_within
from knowledge.model import Article, Language


def told(
    article: Article, span: Span, clause: tuple[int, int], concepts: tuple[Concept, ...],
    language: Language,
) -> Headline | None:  # fmt: skip
    """The words of the one who is asked about, where they say more to it than the best clause."""
    quote = article.text[span.start : span.end]
    about = [c for c in concepts if not c.subject and not c.weak]
    least = mass(covered(view(quote[clause[0] : clause[1]]), about), about)
    for said in said_within(article.text, span.start, span.end):
        words = article.text[max(said.start, span.start) : min(said.end, span.end)]
        if not said.direct or mass(covered(view(words), about), about) <= least:
            continue
        if not is_asked_name(said.speaker, concepts):
            continue
        start, end = best_clause(words, about, MAX_HEADLINE - len(said.speaker) - 12)
        told = phrase(language, "headline.words", words=words[start:end].strip(" ,;."))
        line = phrase(language, "headline.speaker_said", speaker=said.speaker, words=told)
        return Headline(tidy(line), typed=True, distance=0.0)
    return None


def owned(
    article: Article, span: Span, clause: tuple[int, int], language: Language
) -> Headline | None:
    """A clause of somebody's own words, with who says them; None where it tells that itself."""
    first, last = span.start + clause[0], span.start + clause[1]
    for said in said_within(article.text, first, last):
        own = said.direct and said.certain and said.start - 2 <= first and last <= said.end + 2
        if not own or len(said.speaker) + last - first > MAX_HEADLINE - 12:
            continue
        words = article.text[max(first, said.start) : min(last, said.end)].strip(" ,;.")
        told = phrase(language, "headline.words", words=words)
        line = phrase(language, "headline.speaker_said", speaker=said.speaker, words=told)
        seen = said.speaker in article.text[span.start : span.end]
        note = phrase(language, "note.said_by", name=said.speaker)
        return Headline(tidy(line), typed=False, distance=99.0, notes=() if seen else (note,))
    return None


def speaker_of(
    text: str, start: int, end: int, concepts: tuple[Concept, ...]
) -> tuple[str, str] | None:
    """(who said what the question quotes, as the article prints it there); None when unsure."""
    best: tuple[float, str, str] | None = None
    for said in said_within(text, start, end):
        held = sum(covered(view(text[said.start : said.end]), concepts))
        if held and (best is None or held > best[0]):
            best = (held, said.speaker, said.printed)
    return best[1:] if best else None


def said_by(quote: str, speaker: str, printed: str, language: Language) -> Headline:
    """The speaker as the answer, with a note where the quote calls them otherwise."""
    notes: tuple[str, ...] = ()
    if speaker not in quote:
        notes = (phrase(language, "note.speaker", printed=printed, name=speaker),)
    at = quote.find(printed) if printed else -1
    span = (at, at + len(printed)) if at >= 0 else (0, 1)
    return Headline(tidy(speaker), typed=True, distance=0.0, notes=notes, span=span)
