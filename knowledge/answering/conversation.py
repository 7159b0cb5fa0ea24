"""What is said without citing: small talk, questions about the dossier itself, refusals."""

import re
from collections.abc import Sequence

from knowledge.answering.asking import Asking
from knowledge.answering.line import MAX_HEADLINE
from knowledge.answering.question import marked
from knowledge.answering.templates import phrase
from knowledge.generation import Generation
from knowledge.language.dates import spell_date
from knowledge.language.patterns import later
from knowledge.model import Abstention, Answer, Reason, Reply

_HELLO = later(r"^(?:bonjour|bonsoir|salut|hello|hi|coucou|hey|здравствуй|привет|добрый)")
_THANKS = later(r"^(?:merci|thank|thanks|super|bravo|parfait|ok|d'accord|спасибо)")
_BYE = later(r"^(?:au revoir|a bientot|bonne|bye|goodbye|до свидания|пока)")
_WHO = later(
    r"(?:qui (?:es|etes)|tu es qui|vous etes qui|robot|bot\b|humain|que (?:peux|sais)|tu sers"
    r"|ton nom|t'appelles|tu marches|who are you|what are you|кто ты|кто вы)"
)
_INDIRECT = later(
    r"^(?P<before>(?:[àa] |de |d'|en |dans |avec |par |pour |sur |depuis |contre )?)"
    r"(?P<word>qui|quels?|quelles?|combien|ou_|quand|comment|pourquoi|que|qu')\b"
)


def reply(generation: Generation, asking: Asking) -> Reply | None:
    """The reply to small talk or to what only the dossier's list can say; None otherwise."""
    dossier = generation.dossier
    facts = {"title": dossier.title, "count": len(dossier.articles)}
    if not any(c.isalnum() for c in asking.question):
        return _say(asking, "no_match", phrase(asking.language, "abstain.empty"))
    if asking.asked.kind == "small_talk":
        text = marked(asking.question)
        for pattern, key in ((_WHO, "who"), (_HELLO, "hello"), (_THANKS, "thanks"), (_BYE, "bye")):
            if pattern.search(text):
                return _say(
                    asking, "small_talk", phrase(asking.language, f"small_talk.{key}", **facts)
                )
        return _say(asking, "small_talk", phrase(asking.language, "small_talk.other", **facts))
    if asking.asked.kind == "about_dossier":
        return _about(generation, asking)
    if asking.foreign:
        return _say(asking, "off_topic", phrase(asking.language, "abstain.other_language"))
    if not asking.concepts:
        return _say(asking, "no_match", phrase(asking.language, "abstain.empty"))
    return None


def _about(generation: Generation, asking: Asking) -> Answer:
    """What the dossier holds, from its list of articles; there is no sentence to quote."""
    articles, language = generation.dossier.articles, asking.language
    text = marked(asking.question)
    days = sorted(a.published.isoformat() for a in articles if a.published)
    outlets = dict.fromkeys(n for a in articles for n in (a.publisher, a.agency) if n)
    if asking.asked.wanted == "number":
        key = "about.count" if len(articles) != 1 else "about.count_one"
        said = phrase(language, key, count=len(articles))
    elif asking.asked.wanted == "date":
        if not days:
            said = phrase(language, "about.period_unknown")
        elif days[0] == days[-1]:
            said = phrase(language, "about.period_one", first=spell_date(days[0], language))
        else:
            first, last = spell_date(days[0], language), spell_date(days[-1], language)
            said = phrase(language, "about.period", first=first, last=last)
    elif re.search(r"\b(media|source|journal|journaux|titres? de presse|outlet|newspaper)", text):
        key = "about.count_outlets" if outlets else "about.outlets_unknown"
        said = phrase(language, key, outlets=", ".join(outlets))
    else:
        said = phrase(language, "about.titles", titles=" ; ".join(a.title for a in articles))
    return Answer(
        question=asking.question,
        understood=asking.understood,
        language=language,
        kind="about_dossier",
        headline=said
        if len(said) <= MAX_HEADLINE
        else said[: said.rfind(" ", 0, MAX_HEADLINE - 1)] + "…",
        evidence=(),
        confidence=1.0,
        code=asking.code,
    )


def _say(asking: Asking, reason: Reason, message: str) -> Abstention:
    return Abstention(
        question=asking.question,
        understood=asking.understood,
        language=asking.language,
        kind=asking.asked.kind,
        reason=reason,
        message=message,
        confidence=0.0,
        code=asking.code,
    )


def refusal_message(asking: Asking, reason: Reason, missing: Sequence[str], *, absent: bool) -> str:
    """What is missing, in one or two sentences of the frame's language."""
    language = asking.language
    lines = []
    clause = indirect(asking.understood) if language == "fr" else None
    if clause:
        lines.append(phrase(language, "abstain.does_not_say", clause=clause))
    elif reason == "off_topic":
        lines.append(phrase(language, "abstain.off_topic"))
    else:
        lines.append(phrase(language, "abstain.plain"))
    if missing and absent:
        if len(missing) == 1:
            lines.append(phrase(language, "abstain.no_word", word=missing[0]))
        else:
            words = ", ".join(phrase(language, "abstain.quoted_word", word=w) for w in missing[:3])
            lines.append(phrase(language, "abstain.no_words", words=words))
    elif missing:
        lines.append(phrase(language, "abstain.not_together", word=missing[0]))
    return "\n".join(lines)


def indirect(question: str) -> str | None:
    """A French question as a clause after "ne dit pas"; None where that would sound wrong."""
    bare = question.strip().rstrip(" ?!.").replace("Est-ce que ", "si ")
    text = marked(bare)
    match = _INDIRECT.match(text)
    if match is None or "est-ce" in text or len(text) != len(bare) + text.count("ou_") * 1:
        return None
    inversion = re.search(r"-(?:t-)?(?:il|elle|ils|elles|on|ce)\b", bare, re.IGNORECASE)
    if inversion:
        words = bare[: inversion.start()].split()
        if len(words) < 4 and match["word"] != "combien":
            return None
        bare = bare[: inversion.start()] + bare[inversion.end() :]
        if re.search(r"-(?:t-)?(?:il|elle|ils|elles|on|ce)\b", bare, re.IGNORECASE):
            return None
    clause = bare[0].lower() + bare[1:]
    if match["word"] in {"que", "qu'"}:
        clause = "ce " + clause
    return clause


def limits_line(asking: Asking) -> str:
    """The limits of a search in words."""
    limits, language = asking.limits, asking.language
    parts = [phrase(language, "limits.outlet", name=name) for name in limits.outlets]
    if limits.since:
        parts.append(
            phrase(language, "limits.since", date=spell_date(limits.since.isoformat(), language))
        )
    if limits.until:
        parts.append(
            phrase(language, "limits.until", date=spell_date(limits.until.isoformat(), language))
        )
    return ", ".join([*parts, *limits.articles])
