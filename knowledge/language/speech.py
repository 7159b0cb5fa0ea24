"""What a paragraph holds of speech: marks, reporting verbs, and the speaker of each verb."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.language.patterns import later
from knowledge.language.quote_marks import find_marked
from knowledge.language.reporting import ReportingVerb, find_reporting_verbs
from knowledge.language.speakers import Phrase, phrase_after, phrase_at, subject_before

SOURCE = later(r"(?<!\w)(?:selon|d['’]après|à en croire|aux dires de) ?", re.IGNORECASE)
VIEW = later(r"(?<!\w)pour (?=[A-ZM])", re.IGNORECASE)
_TITLED = later(r"(?:\A|[\s'’(])(?:MM?|Dr|Mgr|[A-Z])\Z")
_INDEFINITE = later(r"(?:on|cela|ça|ce|c['’]|rien|tout|personne)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relay:
    """Who handed words on: "cited" carries words said elsewhere, "told" heard them itself."""

    name: str
    how: Literal["cited", "told"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that somebody said, in a paragraph; all spans are half-open offsets in it.

    direct: start-end holds the marks, inner what stands between them. indirect: start-end
    holds speaker, verb and content, inner the content alone. The speaker's span may be a
    pronoun, `speaker_text` is then the name it stands for, from earlier in the text. `verb`:
    the infinitive, or "selon"; `verb_end` where it ends. `certain` is False when the speaker is
    unknown or a guess. `relays`: through whom the words came, nearest the speaker first.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    speaker_start: int | None
    speaker_end: int | None
    speaker_text: str | None
    verb: str | None
    certain: bool
    form: Literal["direct", "indirect"]
    verb_end: int | None = None
    relays: tuple[Relay, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker found for some words; `sure`: the construction leaves no doubt."""

    phrase: Phrase
    verb: str
    sure: bool
    event: ReportingVerb | None = None


class Speech:
    """One paragraph read for speech; pronouns are left as they stand."""

    def __init__(self, text: str, names: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.names = names
        self.marked = find_marked(text)
        self.top = [m for m in self.marked if m.depth == 0]
        every = find_reporting_verbs(text)
        self.verbs = [v for v in every if not self.quoted(v.start)]
        self.inside = [v for v in every if self.quoted(v.start)]
        self.used: set[int] = set()

    def quoted(self, at: int) -> bool:
        """Whether an offset lies in marks."""
        return any(m.start <= at < m.end for m in self.top)

    def quotation(
        self,
        span: tuple[int, int],
        inner: tuple[int, int],
        voice: Voice | None,
        form: Literal["direct", "indirect"],
    ) -> Quotation:
        """A quotation with its voice; a pronoun has no `speaker_text` yet."""
        if voice is None:
            return Quotation(*span, *inner, None, None, None, None, certain=False, form=form)
        phrase = voice.phrase
        said = None if phrase.kind == "pronoun" else self.text[phrase.start : phrase.end]
        return Quotation(
            *span, *inner, phrase.start, phrase.end, said, voice.verb, certain=voice.sure,
            form=form, verb_end=voice.event.end if voice.event else None,
        )  # fmt: skip

    def sentence_start(self, at: int) -> int:
        """Where the sentence before a quotation starts; full stops inside marks do not count."""
        left = 0
        for match in re.finditer(r"[.!?…](?=\s)|\n", self.text[:at]):
            inside = any(m.start < match.start() < m.end - 1 for m in self.top)
            titled = _TITLED.search(self.text[: match.start()][-5:])
            if not inside and not titled:
                left = match.end()
        while left < at and self.text[left] in " \n»”\u00a0":
            left += 1
        return left

    def speaker(self, verb: ReportingVerb) -> Voice | None:
        """The subject of a reporting verb that does not stand behind its quotation."""
        text = self.text
        if verb.pronoun:
            phrase = phrase_after(text, verb, self.names)
            return Voice(phrase, verb.verb.infinitive, True, verb) if phrase else None
        if verb.shared:
            left = self.sentence_start(verb.start)
            leaders = [v for v in self.verbs if left <= v.start < verb.start and not v.shared]
            led: Voice | None = self.speaker(leaders[-1]) if leaders else None
            if led is None and verb.tense == "gerund":
                phrase = phrase_at(text, left, self.names)
                led = Voice(phrase, "", sure=phrase.kind in ("name", "role")) if phrase else None
            return replace(led, verb=verb.verb.infinitive, event=verb) if led else None
        if self.is_inverted(verb):
            phrase = phrase_after(text, verb, self.names)
        else:
            phrase = subject_before(text, verb, self.names)
        if phrase is None or _INDEFINITE.match(text[phrase.start : phrase.end]):
            return None
        return Voice(phrase, verb.verb.infinitive, phrase.kind != "other", verb)

    def is_inverted(self, verb: ReportingVerb) -> bool:
        """Whether the subject follows: the verb stands behind the comma of a whole clause."""
        text = self.text
        if text[max(0, verb.start - 2) : verb.start] != ", " or verb.tense == "gerund":
            return False
        phrase = phrase_after(text, verb, self.names)
        if phrase is None or phrase.kind not in ("name", "role"):
            return False
        ends = re.match(
            r"[.,;:!?]|\Z| (?:dans|lors|à|au|devant|en|sur|après|\w+di)(?!\w)", text[phrase.end :]
        )
        left = self.sentence_start(verb.start)
        head = phrase_at(text, left, self.names)
        alone = head is None or "," not in text[head.end : verb.start - 2]
        verbs = any(left <= v.start < verb.start and v.tense != "gerund" for v in self.verbs)
        spoken = re.search(
            r"(?<!\w)(?:est|sont|a|ont|était|sera|seront|ne|n['’]\w+)(?!\w)",
            text[left : verb.start],
        )
        bare = head is not None and head.end >= verb.start - 2
        # Nothing but a verb stands between a comma and "Mme X".
        titled = text.startswith(("M. ", "MM. ", "Mme ", "Mlle ", "Me "), phrase.start)
        return bool(ends) and not bare and (alone or verbs or bool(spoken) or titled)

    def covered(self, start: int, end: int) -> bool:
        """Whether most of a stretch is in marks, and so told as direct speech already."""
        inside = sum(max(0, min(end, m.end) - max(start, m.start)) for m in self.top)
        return inside * 2 > end - start

    def sentence_end(self, at: int) -> int:
        """Where the sentence ends; full stops inside marks do not count."""
        for match in re.finditer(r"[.!?…](?=\s|\Z)|\n", self.text[at:]):
            stop = at + match.start()
            titled = _TITLED.search(self.text[max(0, stop - 5) : stop])
            if not titled and not self.quoted(stop):
                return stop
        return len(self.text)
