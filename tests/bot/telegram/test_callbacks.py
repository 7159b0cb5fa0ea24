"""Callback data: small, sure, and never trusted."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.telegram.callbacks import (
    FIELDS,
    REASONS,
    Action,
    Alone,
    Blame,
    Brief,
    Card,
    Copy,
    Correct,
    Dates,
    Events,
    More,
    Preview,
    Publish,
    Quiet,
    Rate,
    Read,
    Reference,
    Remove,
    Rollback,
    Sift,
    Speak,
    Stage,
    Still,
    Suggested,
    Turn,
    Walk,
    Who,
    article_of,
    check_of,
    decode,
    encode,
    quote_place,
    short_id,
)
from knowledge.model import Article, Paragraph

NUMBERS = st.integers(0, 36**7)
IDS = st.text(max_size=80).map(short_id)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(Read, NUMBERS, IDS, NUMBERS, NUMBERS, st.text(max_size=300).map(check_of)),
    st.builds(Walk, IDS, NUMBERS),
    st.builds(Card, IDS),
    st.builds(More, NUMBERS),
    st.builds(Suggested, NUMBERS, NUMBERS),
    st.builds(Turn, NUMBERS, NUMBERS),
    st.builds(Rate, NUMBERS, st.booleans()),
    st.builds(Blame, NUMBERS, st.sampled_from(REASONS)),
    st.builds(Copy, NUMBERS, IDS, NUMBERS, NUMBERS, st.text(max_size=300).map(check_of)),
    st.builds(Sift, st.just("") | IDS, NUMBERS),
    st.builds(Speak, st.sampled_from(["fr", "en", "ru", "auto"])),
    st.just(Still()),
    st.builds(Publish, NUMBERS, st.booleans()),
    st.builds(Rollback, NUMBERS),
    st.builds(Quiet, st.booleans()),
    st.builds(Stage, NUMBERS, st.booleans()),
    st.builds(Correct, NUMBERS, IDS, st.sampled_from(FIELDS)),
    st.builds(Remove, IDS, st.booleans()),
    st.builds(Reference, NUMBERS),
    st.builds(Dates, NUMBERS),
    st.builds(Alone, NUMBERS),
    st.builds(Brief, IDS),
    st.builds(Who, IDS),
    st.builds(Events, st.just("") | IDS),
    st.just(Preview()),
)


@given(ACTIONS)
def test_actions_come_back_from_at_most_64_bytes(action: Action) -> None:
    """What a button says is read back as it was written, and fits Telegram and a deep link."""
    data = encode(action)
    assert 1 <= len(data.encode()) <= 64
    assert set(data) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert decode(data) == action


@given(st.one_of(st.none(), st.text(), st.text("rwamspvn0123456789-", max_size=70)))
@example("r-0-a-0-0-")
@example("m-" + "z" * 60)
@example("m-٣")
def test_forged_data_is_nothing_or_an_action(data: str | None) -> None:
    """Anything at all may be sent as callback data: it is an action of ours or None."""
    action = decode(data)
    assert action is None or encode(action) == data


def article(text: str) -> Article:
    """An article of one paragraph."""
    return Article("un/deux", "Titre", text, (Paragraph(1, "body", 0, len(text)),), ())


@given(st.text(min_size=1, max_size=40), st.text(max_size=60), st.text(max_size=60))
def test_a_quote_is_found_again_where_it_moved(quote: str, before: str, after: str) -> None:
    """The place found holds the quote's own words, wherever they now stand."""
    moved = article(before + quote + after)
    action = Read(1, short_id(moved.id), 3, 3 + len(quote), check_of(quote))
    found = quote_place(action, moved)
    assert found is not None
    assert check_of(moved.text[slice(*found)]) == check_of(quote)


def test_a_quote_that_is_gone_is_not_found() -> None:
    """Other words in the same place are not the quote."""
    action = Read(1, "x", 0, 5, check_of("Paris"))
    assert quote_place(action, article("Lyon est une ville.")) is None
    assert quote_place(action, article("Lyo")) is None
    assert quote_place(Read(1, "x", 4, 4, check_of("")), article("Lyon")) is None


def test_articles_are_found_by_their_short_id() -> None:
    """A short id names its article, and nothing when that is gone."""
    one = article("Texte")
    assert article_of(short_id("un/deux"), [one]) is one
    assert article_of(short_id("trois"), [one]) is None
