"""How a common French word sounds, roughly: what is spelled by ear meets what was meant.

"manifestassion", "polisse" and "bato" sound like "manifestation", "police" and "bateau". Names
have keys of their own (`sounds`): they come from many languages.
"""

import re
from functools import lru_cache

from knowledge.language.patterns import later

_HEARD = later(
    r"(?P<o>eaux?|aux?)|(?P<f>ph)|(?P<S>s?ch|sh)|(?P<s>sc(?=[eiy])|ss|c(?=[eiy])|t(?=ion))"
    r"|(?P<k>qu?|ck|cc|c|k)|(?P<g>gu(?=[eiy])|gg)|(?P<j>ge(?=[ao])|g(?=[eiy])|j)|(?P<N>gn)"
    r"|(?P<I>(?:ai|ei|i|y|u)[nm](?![aeiouynmh]))|(?P<A>[ae][nm](?![aeiouynmh]))"
    r"|(?P<O>o[nm](?![aeiouynmh]))|(?P<u>ou)|(?P<W>oi)|(?P<E>oeu|eu|oe)|(?P<e>ai|ei|ay|ey)"
    r"|(?P<z>(?<=[aeiouy])s(?=[aeiouy]))|(?P<i>y|ie(?=s?$))|(?P<v>w)|(?P<none>h)|(?P<same>(.)(?=\21))"
)
"""Letters by the sound that they are heard as; any other letter is its own."""
_SILENT = later(r"(?<=..)(?:e[rzs]?|ees?|ent|(?<!s)t|[dpxz]|(?<!s)ts|[dp]?s)$")
"""Endings that are not heard, or that tell an infinitive from its participles only by accents."""


@lru_cache(maxsize=50_000)
def heard(folded: str) -> str:
    """The sounds of a folded word; words of one key are easily written for each other."""
    sounds = _HEARD.sub(_sound, folded)
    return _SILENT.sub("", sounds) or sounds


def _sound(match: re.Match[str]) -> str:
    sound = match.lastgroup
    return "" if sound is None or sound in ("none", "same") else sound
