"""Full calendar dates as files print them ("1er mars 2023", "28/02/2023", ISO); pure.

Only dates with day, month and year; words like "mardi" are the business of language and answering.
Our own, because htmldate 1.11 reads "1er mars 2023" as 1 January.
"""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.corpus.wordlists import fold

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march",
            "avril avr april apr", "mai may", "juin june jun", "juillet juil july jul",
            "aout august aug", "septembre sept sep september", "octobre oct october",
            "novembre nov november", "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ISO = r"(?P<iy>(?:19|20)\d\d)[-/.](?P<im>\d\d?)[-/.](?P<id>\d\d?)(?!\d)"
_DAY = r"\d\d?)(?:er|st|nd|rd|th)?"
_LONG = rf"(?P<ld>{_DAY}\s+(?:of\s+)?(?P<lm>{_MONTH})\b\.?,?\s+(?P<ly>(?:19|20)\d\d)\b"
_ENGLISH = rf"(?P<em>{_MONTH})\b\.?\s+(?P<ed>{_DAY},\s+(?P<ey>(?:19|20)\d\d)\b"
_SLASHED = r"(?P<sd>\d\d?)[/.-](?P<sm>\d\d?)[/.-](?P<sy>(?:19|20)\d\d)(?!\d)"
_DATE = re.compile(rf"(?<![\d\w])(?:{_ISO}|{_LONG}|{_ENGLISH}|{_SLASHED})")
_KINDS = ("i", "l", "e", "s")


def find_dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Each full date of the text: start and end in `fold(text)`, and the date; in order."""
    for found in _DATE.finditer(fold(text)):
        if value := _value(found):
            yield found.start(), found.end(), value


def parse_date(text: str) -> date | None:
    """The first full date of the text (day before month in 28/02/2023), or None."""
    return next((value for _, _, value in find_dates(text)), None)


def _value(found: re.Match[str]) -> date | None:
    for kind in _KINDS:
        if year := found[f"{kind}y"]:
            month = found[f"{kind}m"]
            try:
                return date(int(year), MONTHS.get(month) or int(month), int(found[f"{kind}d"]))
            except ValueError:
                return None
    return None
