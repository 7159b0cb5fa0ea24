"""The offices that texts give to people: "le ministre X", "X, ministre kazakh"."""

import re
from functools import cache

from knowledge.language.names import find_names
from knowledge.language.speakers import agents, bodies, office_at, phrase_at
from knowledge.language.terms import fold, tokenize

_DETERMINED = re.compile(
    r"(?<![\w’'])(?:l['’](?=\w)|(?:le|la|les|un|une|son|sa|ex-)(?=[ -]\w))", re.IGNORECASE
)
_COUNTERPART_REACH = 300
"""Characters within which "son homologue" looks back for the office that both hold."""
_TITLE = re.compile(r",? (?:MM?\.|Mmes?|Mlle|Me|Dr|Pr|Mgr)\Z")
_HELD_AT = re.compile(r"(?: (?:à|au|aux|chez) (?:la |l['’])?[A-ZÀ-Ý][\w’'-]*)?(?=[,.);\n]|\Z)")
"""Where an office without an article ends, with the place that it is held at."""
_LED = re.compile("administration|gouvernement|cabinet|équipe|camp|exécutif|majorité|clan")
"""Bodies that bear the name of who leads them, who is none of them: "l'administration X"."""
_ENDS = (",", ".", ")", ";", "", "\n")


def _is_role(role: str) -> bool:
    """Whether the words name what somebody is."""
    words = [fold(token.text) for token in tokenize(role)][:2]
    return bool(words) and role[0].islower() and not _heads().isdisjoint(words)


@cache
def _heads() -> frozenset[str]:
    return frozenset(fold(agent) for agent in agents())


def offices(text: str) -> list[tuple[str, str]]:
    """(name, office) where one stands before a name ("le ministre X") or behind it."""
    names = find_names(text)
    spans = [(name.start, name.end) for name in names]
    found: list[tuple[str, str]] = []
    last: tuple[int, str] | None = None
    for opening in _DETERMINED.finditer(text):
        near = [span for span in spans if opening.start() <= span[0] < opening.start() + 200]
        phrase = phrase_at(text, opening.start(), near)
        # "la diplomatie" inside "le chef de la diplomatie Untel" is nobody's role.
        nested = last is not None and opening.start() < last[0]
        if nested or phrase is None or phrase.kind not in ("name", "role"):
            continue
        inside = [n for n in names if phrase.start < n.start and n.end == phrase.end]
        named = phrase.kind == "name" and inside and inside[0].start > opening.end()
        printed = text[opening.end() : inside[0].start if named else phrase.end].strip(" ,")
        printed = _TITLE.sub("", printed)
        role = _inner(_as_counterpart(printed, last, phrase.start) or "")
        if not role or not _is_role(role):
            continue
        last = (phrase.end, role)
        if named and not _LED.fullmatch(role):
            found.append((inside[0].text, role))
        elif not named:
            before = [n for n in names if text[n.end : phrase.start] == ", "]
            if before and text[phrase.end : phrase.end + 1] in _ENDS:
                found.append((before[0].text, role))
    for name in names:
        # "X, ministre kazakh des Ports, …": no article tells where the office starts.
        end = office_at(text, name.end + 2, spans) if text[name.end :][:2] == ", " else None
        held = _HELD_AT.match(text, end) if end is not None else None
        if held:
            found.append((name.text, text[name.end + 2 : held.end()]))
    return found


def _inner(role: str) -> str:
    """The office beside the name: "président" of "le club du président X"."""
    head, *rest = re.split(r" (?:du |de la |de l['’]|des )", role)
    last = rest[-1].split(" ")[0] if rest else ""
    return rest[-1] if head in bodies() and last in agents() - bodies() else role


def _as_counterpart(role: str, last: tuple[int, str] | None, at: int) -> str | None:
    """The office behind "homologue": that of "le président ukrainien" for "homologue chinois"."""
    if not role.startswith("homologue"):
        return role
    if last is None or at - last[0] > _COUNTERPART_REACH:
        return None
    return last[1].split(" ")[0] + role.removeprefix("homologue")
