"""Quotations and reported speech of French press prose, and whose words they are.

Precision first: without a speaker beside the words there is none, and what rests on a pronoun
is certain only when one single actor fits it.
"""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.language.antecedents import Place, Told, resolve
from knowledge.language.clauses import clauses
from knowledge.language.direct_speech import read_direct
from knowledge.language.indirect_speech import read_indirect
from knowledge.language.names import find_names
from knowledge.language.polarity import hedged, negated
from knowledge.language.relays import moved, read_relayed
from knowledge.language.speakers import NameFinder, phrase_at
from knowledge.language.speech import Quotation, Relay, Speech

__all__ = ["Quotation", "Relay", "attribute", "clauses", "find_quotations", "hedged", "negated"]


_LONGEST = 4000
"""Characters read at once: time stays linear on a text without paragraphs."""


def _names(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((name.start, name.end) for name in find_names(text))


def find_quotations(text: str, names: NameFinder = _names) -> tuple[Quotation, ...]:
    """The quotations of one paragraph, in order, with the speakers that it names."""
    return attribute((text,), names)[0]


def attribute(
    paragraphs: Sequence[str], names: NameFinder | Sequence[Sequence[tuple[int, int]]] = _names
) -> tuple[tuple[Quotation, ...], ...]:
    """The quotations of each paragraph; pronouns look back to the paragraph before theirs.

    `names`: a finder of proper names, or their spans paragraph by paragraph.
    """
    spans = [names(text) if callable(names) else names[i] for i, text in enumerate(paragraphs)]
    result: list[tuple[Quotation, ...]] = []
    told_before = Told((), ())
    for i, text in enumerate(paragraphs):
        earlier = paragraphs[i - 1] if i else ""
        drafts = _read(text, spans[i])
        spoken = tuple(
            (q.speaker_start, q.speaker_end)
            for q in drafts
            if q.speaker_text and q.speaker_start is not None and q.speaker_end is not None
        )
        found = [
            _resolved(text, quotation, Told(spans[i], spoken), earlier, told_before)
            for quotation in drafts
        ]
        told_before = Told(spans[i], spoken)
        last = result[-1][-1] if result and result[-1] else None
        if len(found) == 1 and last and last.speaker_text and _goes_on(text, found[0]):
            found = [replace(found[0], speaker_text=last.speaker_text)]
        result.append(tuple(found))
    return tuple(result)


def _read(text: str, names: Sequence[tuple[int, int]]) -> list[Quotation]:
    found: list[Quotation] = []
    for left, right in _slices(text):
        inside = [
            (start - left, end - left) for start, end in names if left <= start < end <= right
        ]
        found.extend(moved(q, left) for q in read_relayed(text[left:right], inside, _plainly))
    return sorted(found, key=lambda quotation: (quotation.inner_start, quotation.start))


def _plainly(text: str, names: Sequence[tuple[int, int]]) -> list[Quotation]:
    speech = Speech(text, names)
    return read_direct(speech) + read_indirect(speech)


def _slices(text: str) -> list[tuple[int, int]]:
    """The whole text, or pieces of it when it is longer than any honest paragraph."""
    borders = [0]
    while len(text) - borders[-1] > _LONGEST:
        cut = text.rfind(". ", borders[-1] + 1, borders[-1] + _LONGEST)
        borders.append(cut + 2 if cut > 0 else borders[-1] + _LONGEST)
    return list(zip(borders, [*borders[1:], len(text)], strict=True))


def _goes_on(text: str, only: Quotation) -> bool:
    """Whether a paragraph is nothing but the next part of a speech."""
    rest = (text[: only.start] + text[only.end :]).strip(" .,…")
    return only.form == "direct" and only.speaker_text is None and not rest


def _resolved(
    text: str,
    quotation: Quotation,
    told: Told,
    earlier: str,
    earlier_told: Told,
) -> Quotation:
    """The quotation with the name that its pronoun speaker stands for."""
    start, end = quotation.speaker_start, quotation.speaker_end
    if start is None or end is None or quotation.speaker_text is not None:
        return quotation
    phrase = phrase_at(text, start, ())
    pronoun = text[start:end]
    gender = phrase.gender if phrase else "m"
    head = min(start, quotation.start)
    answer = resolve(pronoun, gender, (Place(text[:head], told), Place(earlier, earlier_told)))
    if answer is None:
        return replace(quotation, certain=False)
    return replace(quotation, speaker_text=answer[0], certain=quotation.certain and answer[1])
