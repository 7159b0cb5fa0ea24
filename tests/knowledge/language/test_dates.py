"""Date expressions: found, resolved against the publication date, spelled."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.dates import (
    DateMention,
    find_dates,
    find_question_period,
    spell_date,
)

TABLE = Path(__file__).with_name("dates_cases.tsv")


def _cases() -> list[tuple[str, str, str]]:
    cases = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "set\t")):
            sentence, published, expected = line.split("\t")
            cases.append((sentence, published, expected))
    return cases


def _short(mention: DateMention) -> str:
    if mention.date is None:
        return f"{mention.text} = ~"
    end = f"/{mention.end_date}" if mention.end_date else ""
    return f"{mention.text} = {mention.date}{end}{'' if mention.certain else '?'}"


@pytest.mark.parametrize(
    "text",
    [
        "LE 3 MARS 2021",
        "le\n3\u00a0mars\u202f2021",
        "IL Y A TROİS ANS",
        "Il\ny a 3 ans",
        "XIXe ſiècle",
    ],
)
def test_a_date_is_found_however_it_is_printed(text: str) -> None:
    """Capitals, line breaks, narrow spaces and rare letters hide no date from the first look."""
    assert find_dates(text, None)


@pytest.mark.parametrize(("sentence", "published", "expected"), _cases())
def test_expression(sentence: str, published: str, expected: str) -> None:
    """Each sentence of the table gives its dates, their precision and their certainty."""
    day = None if published == "-" else date.fromisoformat(published)
    found = find_dates(sentence, day)
    assert " ; ".join(_short(m) for m in found) == expected.strip()


PUBLISHED = date(2024, 10, 9)


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        (
            "Il a voté mercredi.",
            "« mercredi » = mercredi 9 octobre 2024, jour même de la publication",
        ),
        (
            "Il a voté mardi.",
            (
                "« mardi » = mardi 8 octobre 2024,"
                " au plus près avant la publication (mercredi 9 octobre 2024)"
            ),
        ),
        (
            "Il a voté le 4 mai 1997.",
            "« 4 mai 1997 » : dimanche 4 mai 1997, écrit dans le texte",
        ),
    ],
)
def test_rule_is_told(sentence: str, rule: str) -> None:
    """The rule names the words, the date they mean, and why."""
    assert find_dates(sentence, PUBLISHED)[0].rule == rule


def test_no_publication_date_resolves_nothing_relative() -> None:
    """Without a publication date a relative expression is found, unresolved and uncertain."""
    for words in ("mardi", "hier", "la semaine dernière", "il y a trois jours", "en juin"):
        (mention,) = find_dates(f"Le maire a démissionné {words}.", None)
        assert (mention.date, mention.certain) == (None, False)
        assert "inconnue" in mention.rule


def test_february_of_a_february() -> None:
    """« en février dernier » in a February is that of the year before; a day is the nearest."""
    (month,) = find_dates("Le pont a cédé en février dernier.", date(2024, 2, 20))
    (day,) = find_dates("Le pont a cédé le 12 février dernier.", date(2024, 2, 20))
    assert (month.date, day.date) == ("2023-02", "2024-02-12")


def test_a_weekday_with_its_day_gives_the_year() -> None:
    """« vendredi 3 mars » names the year in which that day is a Friday."""
    (mention,) = find_dates("La marche se tiendra vendredi 3 mars.", date(2023, 2, 20))
    assert (mention.date, mention.certain) == ("2023-03-03", True)


def test_an_impossible_day_means_nothing() -> None:
    """A 31 February is found but is no date."""
    (mention,) = find_dates("Il est né le 31 février 2020.", PUBLISHED)
    assert (mention.date, mention.certain) == (None, False)


@pytest.mark.parametrize(
    ("iso", "language", "spelled"),
    [
        ("2023-02-28", "fr", "mardi 28 février 2023"),
        ("2023-03-01", "fr", "mercredi 1er mars 2023"),
        ("1991-12", "fr", "décembre 1991"),
        ("1991", "fr", "1991"),
        ("2023-02-28", "en", "Tuesday 28 February 2023"),
        ("1991-12", "en", "December 1991"),
        ("2023-02-28", "ru", "вторник, 28 февраля 2023"),
        ("1991-12", "ru", "декабрь 1991"),
        ("bientôt", "fr", "bientôt"),
    ],
)
def test_spelled(iso: str, language: str, spelled: str) -> None:
    """An ISO date is spelled as precisely as it is; anything else stays as it is."""
    assert spell_date(iso, language) == spelled  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "words", "since", "until"),
    [
        ("Qui a été élu en novembre 2022 ?", "en novembre 2022", "2022-11-01", "2022-11-30"),
        ("Quels accords depuis mars 2023 ?", "depuis mars 2023", "2023-03-01", None),
        ("Que disait-on avant 2020 ?", "avant 2020", None, "2019-12-31"),
        ("Que s'est-il passé après 2020 ?", "après 2020", "2021-01-01", None),
        (
            "Qu'a dit le maire la semaine dernière ?",
            "la semaine dernière",
            "2024-09-30",
            "2024-10-06",
        ),
        ("Quels votes entre 2014 et 2016 ?", "entre 2014 et 2016", "2014-01-01", "2016-12-31"),
        ("Que s'est-il passé hier ?", "hier", "2024-10-08", "2024-10-08"),
        ("Quelles grèves depuis un an ?", "depuis un an", "2023-10-01", None),
        ("Des articles jusqu'en 2021 ?", "jusqu'en 2021", None, "2021-12-31"),
        (
            "Quoi de neuf ces trois derniers mois ?",
            "ces trois derniers mois",
            "2024-07-11",
            "2024-10-09",
        ),
        ("Et le 3 mai 2024 ?", "le 3 mai 2024", "2024-05-03", "2024-05-03"),
    ],
)
def test_question_period(question: str, words: str, since: str | None, until: str | None) -> None:
    """The limits in a question's words become the days they cover."""
    period = find_question_period(question, PUBLISHED)
    assert period is not None
    assert period.text == words
    assert (period.since and period.since.isoformat()) == since
    assert (period.until and period.until.isoformat()) == until


def test_question_without_a_period() -> None:
    """A question without a date, or relative without a reference, has no period."""
    assert find_question_period("Qui est le maire ?", PUBLISHED) is None
    assert find_question_period("Qu'a-t-il dit hier ?", None) is None


@given(st.text(alphabet="les15et6mardi 2023à/-du'’.,\n é", max_size=80))
def test_spans_slice_back(text: str) -> None:
    """Spans are in order, do not overlap, and slice back to their words, whatever the text."""
    last = 0
    for mention in find_dates(text, PUBLISHED):
        assert last <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        last = mention.end


SENTENCES = st.sampled_from([case[0] for case in _cases()])


@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join), max_size=4))
def test_a_paragraph_gives_the_dates_that_it_has_in_its_text(paragraphs: list[str]) -> None:
    """No date leans on another paragraph: each can be read alone."""
    text = "\n\n".join(paragraphs)
    read: list[DateMention] = []
    start = 0
    for paragraph in paragraphs:
        read += find_dates(text, PUBLISHED, start, start + len(paragraph))
        start += len(paragraph) + 2
    assert tuple(read) == find_dates(text, PUBLISHED)


def test_an_abbreviation_ends_no_sentence() -> None:
    """The century of "av. J.-C." stays with it, and "3 sept. 2021" is one date."""
    found = find_dates("Né au IIe siècle av. J.-C. Le 3 sept. 2021, il est célébré.", PUBLISHED)
    assert [mention.text for mention in found if mention.date] == ["3 sept. 2021"]
