"""Pictures: the events that stand for all, their words, and the PNG."""

from datetime import date

import pytest

from bot.render import picture
from bot.render.moments import SHORT_EVENT, moments, picture_about, short_event, telling
from bot.render.picture import Moment, timeline_picture, wrapped
from knowledge.model import Citation, ResolvedDate
from knowledge.press.timeline import Event

LONG = (
    "Le conseil municipal, réuni en séance extraordinaire à la demande de l'opposition, a voté le"
    " 3 mai la rénovation complète de la halle, dont le toit menace depuis longtemps de s'effondrer"
    " sur les étals des commerçants."
)


def event(day: str, text: str, printed: str, *, end: str | None = None, **more: bool) -> Event:
    """An event told by one article."""
    cited = Citation(
        text, "a", "Un titre", "Le Journal", None, date(2024, 5, 4), None, 1, "body", 0, len(text),
        dates=(ResolvedDate(printed, day, "règle"),),
    )  # fmt: skip
    return Event(day, end, more.get("certain", True), "règle", text, (cited,))


def test_a_long_event_is_cut_where_a_clause_or_a_word_ends() -> None:
    """Its start is kept, nothing is cut inside, and what is left out is marked."""
    shown = short_event(event("2024-05-03", LONG, "3 mai"))
    assert shown.startswith("Le conseil municipal")
    assert shown.endswith("[…]")
    assert LONG.startswith(shown.removesuffix("[…]").strip())
    assert len(shown) <= SHORT_EVENT + 4


def test_a_cut_event_keeps_its_date() -> None:
    """What stands far from the date is left out at the start, so that the words fit the day."""
    text = f"{LONG[:-1]}, et le maire a promis que tout serait fini le 9 juin au plus tard."
    shown = short_event(event("2024-06-09", text, "9 juin"))
    assert "9 juin" in shown
    assert shown.startswith("[…]")


def test_a_short_event_stays_whole() -> None:
    """Without its full stop, which a line of a picture does not need."""
    assert short_event(event("2024-05-03", "Il a plu le 3 mai.", "3 mai")) == "Il a plu le 3 mai"


def test_events_that_stand_for_all_keep_their_order() -> None:
    """Exact days before months, each date once as long as there are others."""
    days = [event(f"2024-05-0{n}", f"Fait {n}.", "mai") for n in range(1, 6)]
    every = [event("2024", "Une année.", "2024"), *days, event("2024-05-05", "Encore.", "mai")]
    assert telling(every, 5) == tuple(days)
    assert telling(every, 9) == tuple(every)


def test_what_marks_mean_is_said_only_when_they_are_there() -> None:
    """Squares are periods, rings are uncertain dates."""
    plain = [event("2024-05-01", "Un fait.", "mai")]
    assert picture_about(plain, 1, "fr") == "1 événement daté"
    odd = [event("2024-05", "Un fait.", "mai", end="2024-06", certain=False)]
    assert picture_about(odd, 3, "fr") == (
        "1 sur 3 événements datés · ■ période · ○ date incertaine"
    )
    assert moments(plain, "fr")[0].source == "Le Journal"
    assert not moments([*plain, odd[0]], "fr")[1].gap


def test_words_are_wrapped_by_their_width() -> None:
    """A word is cut only when it is wider than the line alone."""
    assert wrapped("un deux trois", len, 8) == ["un deux", "trois"]
    assert wrapped("anticonstitutionnel", len, 8) == ["anticons", "titution", "nel"]
    assert wrapped("", len, 8) == []


MOMENT = Moment("3 mai 2024", "Il a coûté 3 $ ou 4 $ \\frac 😀 漢", "AFP", True, False, False)


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_is_a_png_and_always_the_same(dark: bool) -> None:  # noqa: FBT001
    """Dollars are no formula, letters that the font lacks no warning; same events, same bytes."""
    pytest.importorskip("matplotlib")
    made = timeline_picture([MOMENT] * 3, "Un titre " * 12, "3 événements", dark=dark)
    assert made is not None
    assert made.startswith(b"\x89PNG")
    assert made == timeline_picture([MOMENT] * 3, "Un titre " * 12, "3 événements", dark=dark)
    width = int.from_bytes(made[16:20], "big")
    assert width == picture.WIDTH


def test_without_matplotlib_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """The words do without it."""
    monkeypatch.setattr(picture, "can_draw", lambda: False)
    assert timeline_picture([MOMENT], "Titre", "1 événement") is None
    assert timeline_picture([], "Titre", "0 événement") is None
