"""A question that leans on those before it, completed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.question import Asked, marked, topical, understand
from knowledge.language.terms import fold, is_topical, normal_form, tokenize

TURNS = 5
"""Questions remembered."""

_ELLIPSIS = re.compile(r"^(?:et|mais|and|but|а|и)\b", re.IGNORECASE)
_NEXT = re.compile(
    r"(?:et |and |и )?(?:ensuite|apres(?: cela| ca)?|puis|par la suite|then|after that|next"
    r"|потом|затем|дальше)\W*"
)
_PRONOUN = re.compile(
    r"(?:-t-|-|\b)(?:il|elle|ils|elles|lui|eux|ce dernier|cette derniere|celui-ci|celle-ci"
    r"|he|she|they|him|her|them|it|он|она|они|его|ее|им)\b"
)
_EXPLETIVE = re.compile(
    r"\b(?:y a-t-il|il y a|s'agi(?:t|ssait)-il|faut-il|fallait-il|il faut|suffit-il|reste-t-il"
    r"|manque-t-il|existe-t-il|est-il (?:vrai|possible|arrive)|arrive-t-il"
    r"|s'est-il (?:passe|produit)|se passe(?:-t|ra-t)?-il|se passait-il"
    r"|va-t-il (?:se passer|arriver))\b"
)
"""Where "il" stands for nobody."""
_PREPOSITION = re.compile(
    r"(?:avec|apres|avant|pour|contre|sur|dans|en|au|aux|a|de|du|des|chez|vers|par|selon|sans)\b"
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A question with what the dialogue fills in.

    `text`: what is searched; `asked`: what the new question asks; `shown`: how the bot says what
    it understood, "" when nothing was filled in.
    """

    text: str
    asked: Asked
    shown: str = ""


def is_small_talk(question: str) -> bool:
    """Whether nothing was asked ("bonjour")."""
    return understand(question).kind == "small_talk"


def leans(question: str) -> bool:
    """Whether a question cannot stand alone: an ellipsis, a bare question word, a pronoun."""
    text = marked(question)
    content = topical(question)
    if _ELLIPSIS.match(text) and len(content) <= 4:
        return True
    asked = understand(question)
    if asked.kind in ("why", "when", "where", "how", "how_many", "who") and _bare(question, asked):
        return True
    return has_pronoun(question)


def _bare(question: str, asked: Asked) -> bool:
    words = [t for t in topical(question) if asked.focus is None or t.start != asked.focus.start]
    if asked.focus is not None and asked.kind == "how_many":
        return False
    rest = [
        w for w in words if normal_form(w.text) not in ("raison", "motif", "cause", "exactement")
    ]
    return not rest


def has_pronoun(question: str) -> bool:
    """Whether the subject of the question is a pronoun with no noun of its own before it."""
    text = _EXPLETIVE.sub(" ", marked(question))
    match = _PRONOUN.search(text)
    if match is None:
        return False
    before = [t.text for t in tokenize(text[: match.start()])]
    if match.group().startswith("-"):
        before = before[:-1]  # the verb that the pronoun follows
    own = [word for word in before if is_topical(word)]
    asked = understand(question)
    focus = fold(asked.focus.text) if asked.focus else ""
    return not [word for word in own if word != focus]


def goes_on(question: str) -> bool:
    """Whether a question asks for what came after the last answer ("Et ensuite ?")."""
    return _NEXT.fullmatch(marked(question)) is not None


def complete(question: str, history: Sequence[str], actor: str = "") -> Completed:
    """The question made whole with the last one of the history that stands alone.

    `actor`: whom a pronoun stands for, or what the last answer named, where it did.
    """
    asked = understand(question)
    base = base_of(question, history)
    if not base:
        return Completed(question, asked)
    text = marked(question)
    if actor and goes_on(question):
        whole = base.rstrip(" ?")
        asked = understand(base)
        return Completed(f"{whole} après {actor} ?", asked, f"{whole} ensuite ?")
    if _ELLIPSIS.match(text) and not _has_question_word(text):
        replaced = _replace(question, base)
        return Completed(replaced, understand(replaced), replaced)
    kept = " ".join(token.text for token in topical(base))
    own = re.sub(r"^\s*(?:et|mais|alors|donc|and|but)\s+", "", question, flags=re.IGNORECASE)
    bare, whole = own.rstrip(" ?"), base.rstrip(" ?")
    if not topical(own) or _bare(own, understand(own)):
        return Completed(f"{bare} {kept} ?", understand(own), f"{bare} : {whole}")
    if actor:
        named = " ".join(t.text for t in topical(base) if t.text[0].isupper() and t.start > 0)
        return Completed(
            f"{bare} {actor.rsplit(maxsplit=1)[-1]} {named} ?", understand(own), f"{bare} : {actor}"
        )
    return Completed(f"{bare} {kept} ?", understand(own), f"{bare} : {whole}")


def base_of(question: str, history: Sequence[str]) -> str:
    """The earlier question that this one leans on, made whole itself; "" when it stands alone."""
    earlier = [one for one in history[-TURNS:] if topical(one) and not is_small_talk(one)]
    if not earlier or not leans(question):
        return ""
    base = earlier[-1]
    return complete(base, earlier[:-1]).text if len(earlier) > 1 and leans(base) else base


def _has_question_word(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:qui|que|qu'|quoi|quels?|quelles?|quand|comment|combien|pourquoi|ou_|why|who|when|where|how|what|кто|что|где|когда|почему|сколько)",
            text,
        )
    )


def _replace(question: str, base: str) -> str:
    """The base question with the part of the same shape replaced by the new one's words.

    "Où va-t-il après le Kazakhstan ?" + "Et après l'Ouzbékistan ?": the part that starts with
    the same preposition; else the last name; else the new words are added.
    """
    new = re.sub(r"^\s*(?:et|mais|and|but|а|и)\s+", "", question, flags=re.IGNORECASE).rstrip(
        " ?!."
    )
    lead = _PREPOSITION.match(marked(new))
    mark = re.search(r"\s*\?*\s*$", base)
    body = base[: mark.start()] if mark else base
    if lead:
        plain = marked(body)
        same = list(re.finditer(rf"\b{lead.group()}\b", plain))
        if same and len(plain) == len(body):
            start = same[-1].start()
            rest = re.search(
                r"\s(?=(?:et|ou|en|avec|pour|dans|par|contre|sur)\s)",
                body[start + len(lead.group()) :],
            )
            end = start + len(lead.group()) + rest.start() if rest else len(body)
            return f"{body[:start]}{new}{body[end:]} ?"
    capitals = [
        t for t in tokenize(body) if t.text[0].isupper() and t.start > 0 and is_topical(t.text)
    ]
    fresh = [t for t in tokenize(new) if t.text[0].isupper()]
    if capitals and fresh:
        last = capitals[-1]
        start = last.start
        for token in reversed(capitals[:-1]):
            if body[token.end : start] in (" ", "-"):
                start = token.start
            else:
                break
        article = re.search(
            r"(?:\b(?:l[ea]s?|du|au|aux|en|à|de la|à la)\s|\b[ld]['’])$", body[:start]
        )
        if (article and lead) or (article and re.match(r"(?:l[ea]s?\s|l['’])", new)):
            start = article.start()
        return f"{body[:start]}{new}{body[last.end :]} ?"
    return f"{body} {new} ?"
