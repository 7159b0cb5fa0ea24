"""When the process looks for garbage: between questions, never during one.

Reference counts free nearly all that an answer leaves behind. A collection of everything looks
through some 200,000 objects for 0.1 to 0.2 s, several times what the answer takes that it halts.
"""

import gc

_YOUNG, _MIDDLE, _NEVER = 2_000, 10, 1 << 30
"""Objects made before the young ones are looked through; of such rounds, before those that
survived one; the old ones are left to `collect`."""


def spare_questions() -> None:
    """From now on the old objects are looked through only when `collect` is called."""
    gc.set_threshold(_YOUNG, _MIDDLE, _NEVER)


def collect() -> None:
    """Looks through everything, for what refers to itself and outlived a few questions."""
    gc.collect()
