"""Whether an "il" stands for nobody: "il faut", "il s'agit de", "il est possible que"."""

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def _pattern() -> re.Pattern[str]:
    text = (resources.files(__package__) / "fr" / "impersonal.toml").read_text(encoding="utf-8")
    lists = {
        key: "|".join(map(re.escape, words.split())) for key, words in tomllib.loads(text).items()
    }
    verbs, reflexive, participles, adjectives = (
        lists[key] for key in ("verbs", "reflexive", "participles", "adjectives")
    )
    return re.compile(
        r"il (?:n['’]|ne )?(?:en )?(?:"
        rf"(?:{verbs})(?!\w)|s['’](?:en )?(?:{reflexive})(?!\w)"
        rf"|(?:a|avait|aura|aurait)(?: \w+)? (?:{participles})(?!\w)"
        r"|(?:est|était|sera|serait|fut|a été)(?: \w+){0,2}? "
        rf"(?:{adjectives})(?= (?:que|qu['’]|de|d['’]|à|pour|minuit|midi|\d)))",
        re.IGNORECASE,
    )


def is_impersonal(text: str, at: int) -> bool:
    """Whether the "il" at this place stands for nobody; False for any other word."""
    return bool(_pattern().match(text, at))
