"""Reported speech without marks: "X a déclaré que …", "selon X, …", "…, a indiqué X"."""

import re

from knowledge.language.patterns import later
from knowledge.language.reporting import ReportingVerb
from knowledge.language.speakers import agents, phrase_after, phrase_at
from knowledge.language.speech import SOURCE, VIEW, Quotation, Speech, Voice

_CONTENT = later(
    r"(?:,? (?:notamment|ensuite|également|aussi|encore|ainsi|toutefois|déjà|\w+di|hier"
    r"|par ailleurs|à \w+|en outre"
    r"|dans une? (?:communiqué|message|discours|lettre|vidéo|tribune)),?)? "
    r"(?P<kind>que? |qu['’]|: (?=[a-zà-ÿ])"
    r"|(?:de |d['’]|à )?(?:ne pas |n['’]|s['’]|se |l['’]|le |la |les |y |en )?"
    r"(?:[^\W\d_]{2,}(?:er|ir|oir)|être|faire|prendre|mettre|rendre|dire|vendre|défendre|permettre"
    r"|reprendre|attendre|répondre|vivre|suivre|croire|construire|réduire|lire|écrire)(?!\w))"
)
_OBJECT = later(
    r"(?: (?:\w+di|hier|notamment))? "
    r"(?=(?:l['’]|la |le |les |un |une |des |son |sa |ses |leur |leurs "
    r"|toute? |tous |cette |ce |ces |de |d['’]|[A-ZÀ-Ý]))"
)
_TOWARD = later(r"(?: (?:\w+di|hier|notamment))? (?=(?:à|au|aux) )")


def read_indirect(speech: Speech) -> list[Quotation]:
    """Statements without marks; verbs in `speech.used` spoke for a quotation already."""
    found = [q for verb in speech.verbs if (q := _reported(speech, verb))]
    for pattern in (SOURCE, VIEW):
        for source in pattern.finditer(speech.text):
            quotation = _according(speech, source, view=pattern is VIEW)
            if quotation:
                found.append(quotation)
    return found


def _reported(speech: Speech, verb: ReportingVerb) -> Quotation | None:
    """What a verb reports without marks: "que …", an infinitive, or its object."""
    if verb.start in speech.used or verb.negated or verb.tense == "gerund":
        return None
    text = speech.text
    if verb.pronoun:
        return _put_in(speech, verb)
    if speech.is_inverted(verb):
        phrase = phrase_after(text, verb, speech.names)
        left = speech.sentence_start(verb.start)
        if phrase is None or speech.covered(left, verb.start):
            return None
        said = Voice(phrase, verb.verb.infinitive, sure=True)
        return speech.quotation((left, phrase.end), (left, verb.start - 2), said, "indirect")
    content = _CONTENT.match(text, verb.end) if "c" in verb.verb.flags else None
    if content is None and "o" in verb.verb.flags and verb.tense == "compound":
        content = _OBJECT.match(text, verb.end)
    if content is None and "a" in verb.verb.flags:
        content = _TOWARD.match(text, verb.end)
    voice = speech.speaker(verb) if content else None
    if content is None or voice is None:
        return None
    by_object = "kind" not in content.re.groupindex
    if by_object and voice.phrase.kind == "other":
        return None
    inner_start = content.end() if by_object else content.start("kind")
    inner_start += 2 * text.startswith(": ", inner_start)
    inner_end = _content_end(speech, inner_start)
    if speech.covered(inner_start, inner_end):
        return None
    start = min(voice.phrase.start, verb.start)
    return speech.quotation((start, inner_end), (inner_start, inner_end), voice, "indirect")


def _put_in(speech: Speech, verb: ReportingVerb) -> Quotation | None:
    """A sentence in which "écrit-il" stands between commas, or at its end."""
    text, voice = speech.text, speech.speaker(verb)
    left, right = speech.sentence_start(verb.start), speech.sentence_end(verb.end)
    aside = (
        text[max(0, verb.start - 2) : verb.start] == ", " and text[verb.end : verb.end + 1] in ",."
    )
    if voice is None or text[voice.phrase.start : voice.phrase.end] == "on":
        return None
    if not aside or verb.start - 2 <= left or speech.covered(left, right):
        return None
    end = right if text[verb.end : verb.end + 1] == "," else verb.start - 2
    return speech.quotation((left, right), (left, end), voice, "indirect")


def _content_end(speech: Speech, start: int) -> int:
    """The end of the sentence, or the next reporting verb that shares the subject."""
    end = len(speech.text)
    for match in re.finditer(r"[.!?…](?=\s|\Z)|\n", speech.text[start:]):
        at = start + match.start()
        titled = re.search(r"(?:\A|[\s'’(])(?:MM?|Dr|Mgr|[A-Z])\Z", speech.text[:at][-5:])
        if not speech.quoted(at) and not titled:
            end = at
            break
    for other in speech.verbs:
        if start < other.start < end and other.shared and other.tense != "gerund":
            end = start + len(speech.text[start : other.start].rstrip(" ,").removesuffix(" et"))
            break
    return end


def _according(speech: Speech, source: re.Match[str], *, view: bool) -> Quotation | None:
    """As in "selon X, …" or "…, selon X" as indirect speech."""
    text = speech.text
    if speech.quoted(source.start()):
        return None
    phrase = phrase_at(text, source.end(), speech.names)
    if phrase is None or (view and phrase.kind != "name"):
        return None
    left, right = speech.sentence_start(source.start()), speech.sentence_end(source.end())
    voice = Voice(phrase, "selon", sure=phrase.kind in ("name", "role"))
    comma = re.match(r"(?: \w+){0,5}, ", text[phrase.end : right])
    if source.start() == left and comma:
        inner = (_past_apposition(speech, phrase.end + comma.end(), right), right)
    elif (
        not view
        and text[phrase.end : phrase.end + 1] in (".", "")
        and (text[source.start() - 1 : source.start()] == " ")
    ):
        inner = (left, left + len(text[left : source.start()].rstrip(" ,")))
    else:
        return None
    if inner[0] >= inner[1] or speech.covered(*inner):
        return None
    if view and not _JUDGED.search(text, *inner):
        return None
    return speech.quotation((left, right), inner, voice, "indirect")


_JUDGED = later(
    r"(?<!\w)(?:(?:n['’]|c['’])?(?:est|sont|était|étaient|sera|seront|serait|seraient)|constitue\w*"
    r"|s['’]agit|faut|faudra\w*|doi[tv]\w*|devr\w+|rest\w+|représente\w*|relève\w*|peu(?:t|vent)"
    r"|n['’](?:a|ont)|a|ont)(?!\w)"
)
"""What a view says of a thing: "pour X, cela tombe bien" is told of X, and is no view of theirs."""


def _past_apposition(speech: Speech, at: int, right: int) -> int:
    """Past "un ex-ministre qui vit à Rome, " behind the name of a source."""
    comma = speech.text.find(", ", at, right)
    bare = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", speech.text[at:right])
    if bare and comma >= 0 and bare.group() in agents():
        return comma + 2  # "Selon X, maire de Y, …"
    phrase = phrase_at(speech.text, at, speech.names)
    if phrase is None or phrase.kind != "role" or comma < 0:
        return at
    rest = speech.text[phrase.end : comma]
    return comma + 2 if not rest or rest.startswith((" qui ", " de ", " du ")) else at
