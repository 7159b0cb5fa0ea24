"""Questions that the dossier does answer, to offer where it did not."""

from collections.abc import Callable
from itertools import islice
from typing import Protocol

from knowledge.answering.asking import Asking, ask_of
from knowledge.generation import Generation
from knowledge.language.nouns import type_of_noun
from knowledge.language.places import place_keys
from knowledge.language.sounds import SAME, same_name
from knowledge.language.terms import fold

SURE = 0.6
"""The confidence from which a question is offered."""
OFFERED = 2
_TRIED = 12
_ARTICLES = frozenset({"Le", "La", "Les"})
"""What the short name of an outlet begins with ("Le Quotidien"), and no person's."""


class _Judged(Protocol):
    @property
    def confidence(self) -> float: ...


Choose = Callable[[Generation, Asking, Callable[[int], bool] | None], _Judged | None]


def suggestions(
    generation: Generation, asking: Asking, choose: Choose, *, akin: bool = False
) -> tuple[str, ...]:
    """Up to two questions, each of which has been asked and answered.

    `akin`: only those that share a thing with what was asked.
    """
    if asking.language != "fr":
        return ()
    ready = generation.once("offerable", lambda: _offerable(generation))
    asked = {form for concept in asking.concepts for form, _ in concept.forms}
    ranked = sorted(
        (-sum(not forms.isdisjoint(asked) for forms in _forms(one)), place)
        for place, one in enumerate(ready)
        if one.question != asking.question
    )
    # Only as many are tried as are needed: each takes as long as a question.
    answered = (
        ready[place].question
        for kin, place in ranked
        if (kin or not akin) and _answers(generation, ready[place], choose)
    )
    return tuple(islice(answered, OFFERED))


def _forms(asking: Asking) -> list[frozenset[str]]:
    """The forms of each concept of a question."""
    return [frozenset(form for form, _ in concept.forms) for concept in asking.concepts]


def _answers(generation: Generation, asking: Asking, choose: Choose) -> bool:
    """Whether the dossier surely answers the question."""

    def compute() -> bool:
        chosen = choose(generation, asking, None)
        return chosen is not None and chosen.confidence >= SURE

    return generation.once(("answers", asking.question), compute)


def _offerable(generation: Generation) -> tuple[Asking, ...]:
    """The questions that may be offered, those of dossier.toml first, then those for people."""
    asked = [one.question for one in generation.dossier.questions if not one.refuse]
    outlets = {fold(card.publisher or "") for card in generation.cards()}
    names = sorted(
        (n for n in generation.annotations.names if _is_person(n) and fold(n) not in outlets),
        key=lambda name: (-generation.annotations.names[name], name),
    )
    people: list[str] = []
    for name in names:  # one spelling a person, the most frequent
        if len(people) == _TRIED:
            break  # each name is compared with those kept: all of an archive's would take minutes
        last = name.split()[-1]
        if all(same_name(last, other.split()[-1]) < SAME for other in people):
            people.append(name)
    asked += [f"Qui est {name} ?" for name in people]
    return tuple(ask_of(generation, one, language="fr") for one in asked[: 2 * _TRIED])


def _is_person(name: str) -> bool:
    """Whether a name looks like a person's: two or more words, all with a capital, no country."""
    words = name.replace("-", " ").split()
    return (
        len(name.split()) in (2, 3)
        and all(word[0].isupper() and word[1:].islower() for word in words if word)
        and not any(place_keys(word) for word in words)
        and words[0] not in _ARTICLES
        and type_of_noun(words[0]) is None
    )
