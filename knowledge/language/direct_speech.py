"""Quotations in marks and who speaks them: behind, inside or in front of the marks."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.language.quote_marks import Marked
from knowledge.language.speakers import phrase_after, phrase_at
from knowledge.language.speech import SOURCE, VIEW, Quotation, Speech, Voice

_GAP = re.compile(r"[\s,.!?…]{0,4}")


def read_direct(speech: Speech) -> list[Quotation]:
    """The quotations in marks, in order; the verbs that speak for them go to `speech.used`."""
    quotations: list[Quotation] = []
    voices: list[Voice | None] = []
    previous: tuple[Marked, Voice] | None = None
    for marked in speech.marked:
        voice = None
        if marked.depth == 0:
            voice = _after(speech, marked) or _within(speech, marked) or _before(speech, marked)
            if voice is None and previous and _continues(speech, previous[0], marked):
                voice = replace(previous[1], event=None)
            if voice:
                previous = (marked, voice)
                if voice.event:
                    speech.used.add(voice.event.start)
        voices.append(voice)
    for i, marked in enumerate(speech.marked):
        voice = voices[i] or _ahead(speech, i, voices)
        quotations.append(_direct(speech, marked, voice))
    return quotations


def _direct(speech: Speech, marked: Marked, voice: Voice | None) -> Quotation:
    return speech.quotation(
        (marked.start, marked.end), (marked.inner_start, marked.inner_end), voice, "direct"
    )


def _after(speech: Speech, marked: Marked) -> Voice | None:
    """The speaker behind the quotation: "…", a déclaré X; "…", selon X."""
    gap = _GAP.match(speech.text, marked.end)
    at = gap.end() if gap else marked.end
    for verb in speech.verbs:
        if verb.start == at and not verb.shared:
            phrase = phrase_after(speech.text, verb, speech.names)
            return Voice(phrase, verb.verb.infinitive, True, verb) if phrase else None
    source = SOURCE.match(speech.text, at)
    phrase = phrase_at(speech.text, source.end(), speech.names) if source else None
    return Voice(phrase, "selon", sure=phrase.kind != "pronoun") if phrase else None


def _within(speech: Speech, marked: Marked) -> Voice | None:
    """The speaker in an aside inside the marks: « Nous irons, a dit X, demain »."""
    for verb in speech.inside:
        if not (marked.start < verb.start < marked.end) or verb.tense == "gerund" or verb.shared:
            continue
        if speech.text[max(0, verb.start - 2) : verb.start] != ", ":
            continue
        phrase = phrase_after(speech.text, verb, speech.names)
        aside = phrase and speech.text[phrase.end : phrase.end + 1] in (",", ".", ":", ";", "")
        if phrase and aside and (verb.pronoun or phrase.kind in ("name", "role")):
            return Voice(phrase, verb.verb.infinitive, sure=True)
    return None


def _before(speech: Speech, marked: Marked) -> Voice | None:
    """The speaker in front: "X a dit : …", "selon X, …", "X : …"."""
    text, left = speech.text, speech.sentence_start(marked.start)
    phrase = phrase_at(text, left, speech.names)
    if phrase and re.fullmatch(r"\s*:\s*", text[phrase.end : marked.start]):
        return Voice(phrase, "dire", sure=phrase.kind in ("name", "role"))
    reporting = [v for v in speech.verbs if left <= v.start and v.end <= marked.start]
    if reporting:
        verb = reporting[-1]
        voice = speech.speaker(verb)
        between = text[verb.end : marked.start]
        if voice and not _is_title(speech, marked, between):
            joined = re.search(r":\s*\Z|(?<!\w)(?:que|qu['’])", between) or verb.shared
            loose = "," in between and not joined
            if loose and verb.tense == "finite":
                return None
            # One quoted word behind a present tense is as often irony as a word of theirs.
            single = " " not in text[marked.inner_start : marked.inner_end]
            single = single and verb.tense == "finite" and "c" not in verb.verb.flags
            return replace(voice, sure=voice.sure and not loose and not single)
    return _source_of(speech, left, marked.start) or _head_of(speech, left, marked.start)


def _source_of(speech: Speech, left: int, at: int) -> Voice | None:
    """As in "selon X, …", at the head of the sentence or right before the marks."""
    text = speech.text
    for pattern in (SOURCE, VIEW):
        for source in pattern.finditer(text, left, at):
            named = phrase_at(text, source.end(), speech.names)
            if named is None or text[named.end : named.end + 1] != ",":
                continue
            if source.start() == left or not text[named.end : at].strip(" ,"):
                return Voice(named, "selon", sure=named.kind != "pronoun")
    return None


def _head_of(speech: Speech, left: int, at: int) -> Voice | None:
    """The subject of "X … : «», whatever its verb; a guess."""
    text = speech.text
    if not text[left:at].rstrip().endswith(":"):
        return None
    starts = [left, *(left + m.end() for m in re.finditer(r", ", text[left:at]))][:2]
    for start in starts:
        phrase = phrase_at(text, start, speech.names)
        if phrase and phrase.kind in ("name", "role", "pronoun"):
            return Voice(phrase, "dire", sure=False)
    return None


def _ahead(speech: Speech, i: int, voices: Sequence[Voice | None]) -> Voice | None:
    """The speaker named at the end of the sentence: "a" and "b", a dit X."""
    marked = speech.marked[i]
    if marked.depth:
        return None
    for other, voice in zip(speech.marked[i + 1 :], voices[i + 1 :], strict=True):
        between = speech.text[marked.end : other.start]
        if re.search(r"[.!?…]\s", between) or any(
            marked.end <= v.start < other.start for v in speech.verbs
        ):
            return None
        if voice and voice.event and voice.event.start >= other.end:
            return voice
    return None


def _is_title(speech: Speech, marked: Marked, between: str) -> bool:
    """A capital, few words, no full stop, behind a noun: a title, not speech."""
    inner = speech.text[marked.inner_start : marked.inner_end]
    lead = between.rstrip()
    return (
        inner[0].isupper()
        and inner[-1] not in ".!?…"
        and len(inner.split()) <= 6
        and bool(lead)
        and not lead.endswith((":", ",", "que"))
    )


def _continues(speech: Speech, before: Marked, marked: Marked) -> bool:
    """A full sentence in marks straight after the sentence that names the speaker."""
    between = speech.text[before.end : marked.start]
    sentence_ended = bool(re.search(r"[.!?…]\s*\Z", between))
    whole = speech.text[marked.inner_start].isupper()
    return sentence_ended and whole and len(between) < 160 and between.count(". ") <= 1
