"""Agency copies, measured on pairs of our own and shown on small dossiers."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from knowledge.citing import cite
from knowledge.generation import Generation
from knowledge.press import wires
from knowledge.press.added import added_to
from tests.knowledge.press.conftest import dossier_of, own

EVENTS = tomllib.loads((Path(__file__).parent / "wire_pairs.toml").read_text(encoding="utf-8"))[
    "event"
]
HALF = len(EVENTS) // 2


def cut(text: str) -> str:
    """The first two sentences, as an outlet short of room prints them."""
    return ". ".join(text.split(". ")[:2]) + "."


def pairs(events: list[dict[str, str]]) -> Iterator[tuple[str, str, bool]]:
    """(one text, another, whether one is a copy of the other)."""
    for event in events:
        wire, light, back = event["wire"], event["light"], event["back"]
        yield from ((wire, light, True), (wire, back, True), (light, back, True))
        yield from ((cut(wire), back, True), (cut(light), wire, True))
        for copy in (wire, light, back):
            yield copy, event["other"], False
            yield copy, event["plain"], False
        yield event["other"], event["plain"], False
    for one, other in combinations(events, 2):
        yield one["wire"], other["light"], False


def found_and_meant(events: list[dict[str, str]]) -> list[tuple[bool, bool]]:
    """For each pair, whether it is found to be a copy, and whether it is meant to be."""
    return [(bool(wires(dossier_of(a, b)).groups), meant) for a, b, meant in pairs(events)]


@pytest.mark.slow
@pytest.mark.parametrize("events", [EVENTS[:HALF], EVENTS[HALF:]], ids=["tuned", "held"])
def test_copies_are_told_from_other_reports(events: list[dict[str, str]]) -> None:
    """Precision .95 and recall .90 on rewriting, cuts and translation against other words."""
    results = found_and_meant(events)
    right = sum(found and meant for found, meant in results)
    assert right >= 0.95 * sum(found for found, _ in results)
    assert right >= 0.90 * sum(meant for _, meant in results)


def with_facts(
    generation: Generation, *ids: str, publisher: str | None = None, agency: str | None = None
) -> Generation:
    """The generation with a publisher or an agency put into the articles of these ids."""
    articles = tuple(
        replace(article, publisher=publisher, agency=agency) if article.id in ids else article
        for article in generation.dossier.articles
    )
    return replace(generation, dossier=replace(generation.dossier, articles=articles))


def test_a_copy_is_one_source() -> None:
    """Two copies and an independent report are two sources."""
    event = EVENTS[0]
    found = wires(dossier_of(event["wire"], event["back"], event["plain"]))
    assert [group.articles for group in found.groups] == [("a", "b")]
    assert found.independent == 2
    for pair in found.groups[0].pairs:
        assert 0 < pair.similarity <= 1
        assert (pair.a.article, pair.b.article) == ("a", "b")


def test_an_agency_is_named_only_where_it_is_known() -> None:
    """The agency of a group is that of an article that names one, else nobody's."""
    generation = dossier_of(EVENTS[0]["wire"], EVENTS[0]["light"])
    assert wires(generation).groups[0].agency is None
    named = with_facts(generation, "b", agency="AFP")
    assert wires(named).groups[0].agency == "AFP"


def test_what_an_outlet_added_is_shown() -> None:
    """A sentence that the other copy does not have is what this outlet added."""
    more = "Les maires des deux communes réclament depuis dix ans un tunnel sous la falaise."
    found = wires(dossier_of(EVENTS[0]["wire"], f"{EVENTS[0]['light']}\n\n{more}"))
    added = found.groups[0].added
    assert [citation.quote for citation in added["b"]] == [more]
    assert added["a"] == ()


def test_two_articles_of_one_outlet_are_one_source() -> None:
    """Another article of the same newspaper confirms nothing."""
    generation = dossier_of(EVENTS[0]["wire"], EVENTS[1]["wire"], EVENTS[2]["wire"])
    assert wires(generation).independent == 3
    assert wires(with_facts(generation, "a", "c", publisher="Le Courrier")).independent == 2


def test_one_speech_quoted_twice_is_no_copy() -> None:
    """Words in quotation marks that two reporters heard do not make them one source."""
    speech = "« Nous ouvrirons vingt écoles et trois hôpitaux avant la fin de ce mandat difficile »"
    found = wires(
        dossier_of(
            f"{speech}, a promis la ministre devant les élus réunis à Orvault.",
            f"Applaudie par la foule, Nadia Ferrand a lancé : {speech}. Puis elle est repartie.",
        )
    )
    assert found.groups == ()


def test_our_dossiers_hold_the_copies_that_were_put_in() -> None:
    """Each invented dossier has one agency story in two outlets; the built-in one has none."""
    groups = {
        name: [(g.agency, len(g.articles)) for g in wires(g_).groups] for name, g_ in own().items()
    }
    assert groups == {
        "builtin": [],
        "conseil": [("AFP", 2)],
        "handball": [("AFP", 2)],
        "corail": [("Reuters", 2)],
    }


def test_the_real_articles_are_five_sources(real: Generation) -> None:
    """Articles on one country in other words are independent."""
    assert wires(real).independent == 5


def test_what_each_outlet_adds_stands_beside_a_shared_quote() -> None:
    """Outlets that share the quote's copy are told apart; words that both heard are no gain."""
    speech = "« Le tunnel sera creusé en trois ans »"
    one = f"{EVENTS[0]['wire']}\n\n{speech}, a promis la maire d'Orvault devant les élus."
    other = (
        f"{EVENTS[0]['light']}\n\n{speech}, a promis la maire d'Orvault devant les élus."
        "\n\nLes maires des deux communes réclament depuis dix ans un tunnel sous la falaise."
    )
    generation = dossier_of(one, other)
    first, second = (article.sentences[0] for article in generation.dossier.articles)
    twin = replace(cite(generation, "b", second.start, second.end), same_wire=True)
    cited = replace(cite(generation, "a", first.start, first.end), also=(twin,))
    found = added_to(generation, (cited,))
    assert found["a"] == ()
    assert [c.quote for c in found["b"]] == [
        "Les maires des deux communes réclament depuis dix ans un tunnel sous la falaise."
    ]
    assert added_to(generation, (replace(cited, also=()),)) == {}
