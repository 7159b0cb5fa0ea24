"""Questions for a summary or a comparison, told from those that one sentence answers.

"Résume la visite de X", "fais le point sur…", "de quoi parle le dossier", "compare ce que disent A
et B de C". What the dossier does not hold is left to the engine, which refuses as ever.
"""

import re
from collections.abc import Callable

from knowledge.answering.asking import Asking
from knowledge.generation import Generation
from knowledge.language.terms import fold
from knowledge.model import Answer

_ASKS = re.compile(
    r"\b(?:resum\w*|synthes\w*|synthetis\w*|le point|en bref|bref|essentiel|grandes lignes"
    r"|de quoi (?:parle|traite|s'agit)\w*|summar\w+|sum up|brief|what is .{0,20}about"
    r"|кратко|резюме|итог|о чем)\b"
)
"""Words that ask for a summary; "que s'est-il passé" may ask for one fact."""


def brief(
    generation: Generation, asking: Asking, allowed: Callable[[int], bool] | None
) -> Answer | None:
    """The answer to a question for a summary or a comparison; None for any other question.

    None too when the dossier does not hold the subject.
    """
    kind = asking.asked.kind
    if kind != "compare" and not (kind == "brief" and _ASKS.search(fold(asking.text))):
        return None
    # What a summary takes would slow the start of every other question.
    from knowledge.answering.summing import sum_up

    return sum_up(generation, asking, allowed)
