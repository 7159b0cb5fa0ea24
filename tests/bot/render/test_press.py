"""The press desk's findings as lines, in parts that fit a message, and as Telegram's HTML."""

from datetime import date

import pytest

from bot.render.lines import lines_text
from bot.render.markup import plain
from bot.render.press import (
    ITEMS_A_PAGE,
    event_citation,
    event_text,
    profile_lines,
    profile_parts,
    timeline_lines,
    timeline_part,
    verification_lines,
)
from bot.render.telegram_press import dates_pages, part_pages
from bot.texts import LANGUAGES
from knowledge.model import Citation, Language, ResolvedDate
from knowledge.press.differences import Difference
from knowledge.press.timeline import Event
from knowledge.press.verify import Checked, Verification
from knowledge.press.who import Profile, Statement
from tests.e2e import telegram_rules

HOSTILE = "<b>Un</b> & deux </blockquote> <a href='x'>trois"


def cited(text: str, n: int = 1, *dates: ResolvedDate) -> Citation:
    """A quote of paragraph n."""
    return Citation(
        text, "a", f"Titre {HOSTILE}", "Le Journal", None, date(2024, 5, 4), None, n, "body",
        100 * n, 100 * n + len(text), dates=dates,
    )  # fmt: skip


def profile(statements: int, mentions: int) -> Profile:
    """Somebody of many words."""
    said = tuple(
        Statement("direct", f"le maire {HOSTILE}", n % 2 == 0, (cited(f"Parole {n}.", n),))
        for n in range(1, statements + 1)
    )
    named = tuple(cited(f"Mention {n}.", 100 + n) for n in range(mentions))
    return Profile("Jeanne Morvan", ("J. Morvan",), ("maire",), said, named)


@pytest.mark.parametrize(("statements", "mentions"), [(0, 0), (1, 1), (6, 0), (13, 9), (0, 7)])
def test_a_profile_in_parts_says_all_of_it(statements: int, mentions: int) -> None:
    """Nothing is lost or said twice; names and roles stand on the first part alone."""
    found = profile(statements, mentions)
    parts = profile_parts(found, "fr")
    assert len(parts) == max(1, -(-(statements + mentions) // ITEMS_A_PAGE))
    text = "\n".join(lines_text(part.lines("fr")) for part in parts)
    for n in range(1, statements + 1):
        assert text.count(f"« Parole {n}. »") == 1
    for n in range(mentions):
        assert text.count(f"« Mention {n}. »") == 1
    assert text.count("Fonctions : maire") == bool(statements or mentions)
    assert text.count("locuteur incertain") == -(-statements // 2)


def test_the_command_line_tells_how_many_mentions_are_left_out() -> None:
    """Eight are shown, the others counted, before the sources."""
    text = lines_text(profile_lines(profile(1, 10), "fr"))
    assert "… et 2 autres mentions" in text
    assert text.index("autres mentions") < text.index("[1] Titre")


def test_an_event_cut_from_its_sentence_is_marked() -> None:
    """[…] stands where the clause was cut, and the words are a slice of the quote."""
    sentence = "Le pont a rouvert mardi, avant de fermer jeudi."
    quote = cited(sentence, 1, ResolvedDate("jeudi", "2024-05-02", "règle"))
    event = Event("2024-05-02", None, True, "règle", "avant de fermer jeudi.", (quote,))
    part = event_citation(event)
    assert part.quote == "avant de fermer jeudi."
    assert part.start == quote.start + sentence.index("avant")
    assert event_text(event) == "« […] avant de fermer jeudi. »"
    shown = lines_text(timeline_lines([event, event], "fr"))
    assert shown.count("2 mai 2024") == 1
    assert shown.count("avant de fermer") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_shows_is_what_the_terminal_shows(language: Language) -> None:
    """The same words, whatever stands in them, and nothing that Telegram refuses."""
    checked = Checked(
        HOSTILE, "altered", (Difference("number", "5", "4"),), (cited(f"Quatre {HOSTILE}", 2),)
    )
    verification = Verification(HOSTILE, "altered", (checked, checked))
    event = Event("2024-05", "2024-06", False, "r", HOSTILE, (cited(HOSTILE, 3),))
    part = timeline_part([event], language)
    for page in (*part_pages(part, language), *part_pages(profile_parts(profile(3, 3), language)[0],
                                                          language)):  # fmt: skip
        shown = telegram_rules.format_text(page, "HTML")
        assert HOSTILE in shown.text
    text = lines_text(verification_lines(verification, language))
    assert HOSTILE in text
    assert "5" in text


def test_dates_are_told_with_their_rule_in_french_and_their_day_elsewhere() -> None:
    """The rule is French; other languages give the day and that of the article."""
    resolved = ResolvedDate("mardi", "2024-04-30", "« mardi » = mardi 30 avril 2024, au plus près")
    period = ResolvedDate("en mai", "2024-05-01/2024-05-31", "« en mai » = …")
    quote = cited("Mardi, puis en mai.", 1, resolved, period)
    from bot.render.citation import number

    dated = [(quote, resolved), (quote, period)]
    (french,) = dates_pages(number((quote,)), dated, "fr")
    assert "• « mardi » = mardi 30 avril 2024, au plus près [1]" in french
    (english,) = dates_pages(number((quote,)), dated, "en")
    assert "« mardi »: Tuesday 30 April 2024 (article of 4 May 2024) [1]" in plain(english)
    assert "Wednesday 1 May 2024 – Friday 31 May 2024" in plain(english)
