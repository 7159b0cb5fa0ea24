"""Periods in English and Russian questions, read by putting their words into French."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources

from knowledge.language.dates import QuestionPeriod, find_question_period
from knowledge.model import Language

_WORD = re.compile(r"(?P<number>\d{1,4})(?:st|nd|rd|th)?(?![\w])|(?P<word>[^\W\d_]+)")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_MONTH_FIRST = re.compile(r"(?<![a-zéûô])(?P<month>[a-zéûô]{3,}) (?P<day>\d{1,2})(?= [12]\d{3}\b)")


@cache
def _words(language: Language) -> dict[str, str]:
    text = resources.files(__package__) / language / "periods.toml"
    table: dict[str, str] = tomllib.loads(text.read_text(encoding="utf-8"))
    return table


def find_foreign_period(
    text: str, language: Language, reference: date | None
) -> QuestionPeriod | None:
    """The period that a question limits itself to, with its span in the question; or None.

    Only dates with a year count; `text` is the period in French.
    """
    if language == "fr":
        return find_question_period(text, reference)
    known = _words(language)
    runs: list[list[tuple[re.Match[str], str]]] = [[]]
    for match in _WORD.finditer(text):
        french = match["number"] or known.get(match["word"].lower())
        if french is None:
            runs.append([])
        else:
            runs[-1].append((match, french))
    for run in runs:
        french = _MONTH_FIRST.sub(r"\g<day> \g<month>", " ".join(w for _, w in run if w))
        if not _YEAR.search(french):
            continue
        if " à " in french:
            french = french.replace("depuis ", "de ")  # "from January to March"
        found = find_question_period(french, reference)
        if found is not None:
            start, end = run[0][0].start(), run[-1][0].end()
            return replace(found, start=start, end=end, text=french)
    return None
