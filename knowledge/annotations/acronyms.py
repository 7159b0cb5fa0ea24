"""Which name each acronym of a dossier stands for, as its articles say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from knowledge.language.acronyms import find_acronyms
from knowledge.language.terms import is_topical, normal_form, stem, tokenize
from knowledge.language.wordset import is_french

Given = Mapping[tuple[str, str], int]
"""(acronym, long name), each as printed -> how many articles give it."""


class LongName(NamedTuple):
    """What an acronym stands for; `short`: the acronym as printed; `stems`: of the name's words."""

    short: str
    text: str
    stems: tuple[str, ...]


def acronyms_in(text: str) -> Iterator[tuple[str, str]]:
    """(acronym, long name), each as printed and each once: what `settled_acronyms` judges."""
    yield from dict.fromkeys((one.short.text, one.long.text) for one in find_acronyms(text))


def settled_acronyms(
    given: Given, words: Mapping[str, int], names: Mapping[str, int]
) -> Mapping[str, LongName]:
    """Folded acronym -> the name that most articles give for it; none where they are divided.

    `words`, `names`: how often each occurs. An acronym that is a common word too ("Anses") counts
    where the dossier prints it as a name more often than not.
    """
    groups: dict[str, dict[tuple[str, ...], Counter[tuple[str, str]]]] = {}
    for (short, long), count in given.items():
        stems = _stems(long)
        if len(stems) > 1 and is_topical(short) and len(stem(short)) > 1:
            group = groups.setdefault(normal_form(short), {})
            group.setdefault(stems[:2], Counter())[short, long] += count
    found = {}
    for form, group in sorted(groups.items()):
        first, *others = sorted(group.values(), key=lambda one: -one.total())
        divided = others and others[0].total() == first.total()
        printed = sum(names.get(short, 0) for short in {short for short, _ in first})
        if divided or (is_french(form) and 2 * printed <= words.get(form, 0)):
            continue
        short, long = min(first, key=lambda pair: (-first[pair], -len(pair[1]), pair))
        found[form] = LongName(short, long, _stems(long))
    return found


def _stems(name: str) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in tokenize(name) if is_topical(token.text))
