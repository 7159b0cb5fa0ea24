"""Checking quotes of a draft, on a few sentences of our own."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.generation import Generation
from knowledge.press import verify
from tests.knowledge.press.conftest import dossier_of, own

BRIDGE = """\
Mardi, la maire Jeanne Morvan a inauguré le nouveau pont de la gare, fermé depuis deux ans.

Le chantier a coûté près de 12 millions d'euros à la ville, selon la mairie. « Nous n'avons pas \
dépassé le budget, et le cœur de la cité respire à nouveau », a déclaré Jeanne Morvan. L'opposant \
Paul Keller juge la dépense « inutile et mal préparée ».

Si la région verse sa part, le tramway passera sur le pont dès 2030. Le préfet pourrait refuser \
le permis, et la région attend son avis. Les habitants de Saint-Orme, eux, n'ont pas été \
consultés avant le début des travaux.
"""


@pytest.fixture(scope="module")
def bridge() -> Generation:
    """One article, and another that repeats a sentence of it."""
    again = "Le nouveau pont de la gare, fermé depuis deux ans, rouvre. Il a coûté 14 millions."
    return dossier_of(BRIDGE, again)


@pytest.mark.parametrize(
    "quote",
    [
        "Le chantier a coûté près de 12 millions d'euros à la ville",
        "LE CHANTIER A COUTE PRES DE 12 MILLIONS D’EUROS A LA VILLE",
        "« le chantier  a coûté près de 12 millions d'euros »",
        "“Nous n’avons pas dépassé le budget”",
        '"le coeur de la cité respire à nouveau"',
        "Nous n'avons pas dépassé le budget […] à nouveau",
        "Nous n'avons pas dépassé le budget... respire à nouveau…",
        "le nouveau pont de la gare, fermé depuis 2 ans",
        "L'opposant Paul Keller juge la dépense « inutile et mal préparée ».",
        "« Nous n'avons pas dépassé le budget », a affirmé Mme Morvan.",
        "Les habitants de Saint Orme, eux, n'ont pas été consultés",
        "la région attend son avis",
    ],
)
def test_other_marks_case_accents_and_clean_cuts_are_exact(bridge: Generation, quote: str) -> None:
    """What a keyboard or an editor changes, and a cut that loses nothing, leave a quote exact."""
    assert verify(bridge, quote).verdict == "exact"


@pytest.mark.parametrize(
    ("quote", "kind", "yours", "source"),
    [
        ("Le chantier a coûté près de 13 millions d'euros à la ville", "number", "13", "12"),
        ("Le chantier a coûté près de 12 milliards d'euros", "number", "milliards", "millions"),
        ("Le chantier a coûté plus de 12 millions d'euros", "number", "plus", "près"),
        ("12 millions d'euros à la ville", "number", "", "près de 12 millions"),
        ("Le chantier a coûté près de 12", "number", "", "près de 12 millions"),
        ("fermé depuis trois ans", "number", "trois", "deux"),
        ("Mardi, la maire Jeanne Keller a inauguré le nouveau pont", "name", "Keller", "Morvan"),
        ("Nous avons dépassé le budget, et le cœur de la cité respire", "negation", "", "n'"),
        ("dépassé le budget", "negation", "", "n'avons pas"),
        ("été consultés avant le début des travaux", "negation", "", "n'ont pas"),
        ("le tramway passera sur le pont dès 2030", "missing", "", "Si"),
        ("refuser le permis", "missing", "", "pourrait"),
        ("le cœur de la citée respire à nouveau", "word", "citée", "cité"),
        ("la maire Jeanne Morvan a enfin inauguré le nouveau pont", "added", "enfin", ""),
        ("la maire a inauguré le nouveau pont de la gare", "name", "", "Jeanne Morvan"),
    ],
)  # fmt: skip
def test_an_altered_quote_shows_what_was_altered(
    bridge: Generation, quote: str, kind: str, yours: str, source: str
) -> None:
    """The first difference is the gravest, with the words of both sides."""
    found = verify(bridge, quote)
    assert found.verdict == "altered"
    first = found.sentences[0].differences[0]
    assert (first.kind, first.yours, first.source_text) == (kind, yours, source)


def test_numbers_names_and_negations_come_first(bridge: Generation) -> None:
    """Differences are sorted by what they may do to somebody, then by their place."""
    quote = (
        "Mercredi, la maire Jeanne Morvan a inauguré le vieux pont de la gare, fermé depuis six ans"
    )
    kinds = [d.kind for d in verify(bridge, quote).sentences[0].differences]
    assert kinds == ["number", "word", "word"]


@pytest.mark.parametrize(
    ("quote", "speaker", "verdict"),
    [
        ("Nous n'avons pas dépassé le budget", "Jeanne Morvan", "exact"),
        ("Nous n'avons pas dépassé le budget", "la maire", "exact"),
        ("Nous n'avons pas dépassé le budget", "Mme Morvan", "exact"),
        ("Nous n'avons pas dépassé le budget", "Paul Keller", "misattributed"),
        ("inutile et mal préparée", "Keller", "exact"),
        ("inutile et mal préparée", "la maire Jeanne Morvan", "misattributed"),
        ("« Nous n'avons pas dépassé le budget », a déclaré Paul Keller.", None, "misattributed"),
        ("Paul Keller : « Nous n'avons pas dépassé le budget »", None, "misattributed"),
        ("« Nous n'avons pas dépassé le budget » (Paul Keller)", None, "misattributed"),
        ("« Nous n'avons pas dépassé le budget. » — Paul Keller", None, "misattributed"),
        ("« Nous n'avons pas dépassé le budget. » — Jeanne Morvan", None, "exact"),
    ],
)
def test_words_given_to_another_speaker_are_misattributed(
    bridge: Generation, quote: str, speaker: str | None, verdict: str
) -> None:
    """The speaker is the one given, else the one whom the pasted text names."""
    found = verify(bridge, quote, speaker)
    assert found.verdict == verdict
    if verdict == "misattributed":
        assert found.sentences[0].differences[0].kind == "name"
        assert found.sentences[0].speaker


def test_the_worst_sentence_decides(bridge: Generation) -> None:
    """Each sentence has its verdict, and the text has that of its worst one."""
    found = verify(
        bridge,
        "Le chantier a coûté près de 12 millions d'euros à la ville. Le nouveau pont de la gare, "
        "fermé depuis neuf ans. La piscine olympique accueillera un championnat de natation.",
    )
    assert [s.verdict for s in found.sentences] == ["exact", "altered", "absent"]
    assert found.verdict == "absent"


def test_an_absent_sentence_shows_the_nearest(bridge: Generation) -> None:
    """What comes nearest is evidence, and without any word in common there is none."""
    near = verify(bridge, "Le pont suspendu du port a été repeint en rouge par des bénévoles.")
    assert near.verdict == "absent"
    assert len(near.sentences[0].evidence) == 1
    assert verify(bridge, "Zèbres xylophones.").sentences[0].evidence == ()


def test_a_sentence_in_several_articles_is_cited_from_each(bridge: Generation) -> None:
    """An exact quote names every article that prints it."""
    found = verify(bridge, "nouveau pont de la gare, fermé depuis deux ans")
    assert {cited.article for cited in found.sentences[0].evidence} == {"a", "b"}


@pytest.mark.parametrize("quote", ["", "   ", "…", "« »", "\u200b"])
def test_a_text_without_words_is_absent(bridge: Generation, quote: str) -> None:
    """Nothing to check is nothing found."""
    assert verify(bridge, quote).verdict == "absent"
    assert verify(bridge, quote).sentences == ()


def test_a_hostile_text_is_checked_in_pieces(bridge: Generation) -> None:
    """A sentence without end takes no time without end."""
    assert verify(bridge, "pont de la gare " * 2000).verdict in ("absent", "altered")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_slice_of_whole_words_is_found(data: st.DataObject) -> None:
    """A slice of a sentence is exact, or what it lost is told; composed letters do not matter."""
    generation = dossier_of(BRIDGE)
    article = generation.dossier.articles[0]
    sentence = data.draw(st.sampled_from(article.sentences))
    words = article.text[sentence.start : sentence.end].split()
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    quote = " ".join(words[start:end])
    found = verify(generation, unicodedata.normalize("NFD", quote))
    for checked in found.sentences:
        assert checked.verdict in ("exact", "altered")
        assert all(d.yours == "" for d in checked.differences)
        for cited in checked.evidence:
            assert article.text[cited.start : cited.end] == cited.quote
            assert len(cited.quote) <= 300


UNITS = (
    "La réserve couvre 640 kilomètres carrés à 14 kilomètres du port."
    " Vingt-quatre élus l'ont votée."
    " Le chantier coûtera 2,1 millions d'euros et 12 hectares de lande."
    " « C'est un chèque en blanc », a lancé Karim Belhadj."
)


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("La réserve couvre 640 km² à 14 km du port.", "exact"),
        ("La réserve couvre 640 km2 à 14 km du port.", "exact"),
        ("La réserve couvre 640 km à 14 km du port.", "altered"),
        ("La réserve couvre 64 km² à 14 km du port.", "altered"),
        ("24 élus l'ont votée.", "exact"),
        ("Vingt quatre élus l'ont votée.", "exact"),
        ("23 élus l'ont votée.", "altered"),
        ("Quatre élus l'ont votée.", "altered"),
        ("Le chantier coûtera 2,1 M€", "exact"),
        ("Le chantier coûtera 2,1 Md€", "altered"),
        ("et 12 ha de lande", "exact"),
        ("Selon Karim Belhadj, « c'est un chèque en blanc ».", "exact"),
        ("Pour Karim Belhadj, « c'est un chèque en bois ».", "altered"),
    ],
)
def test_a_draft_may_shorten_units_and_write_numbers_in_digits(quote: str, verdict: str) -> None:
    """« km² », « M€ » and « 24 » stand for the words printed; another number or unit does not."""
    assert verify(dossier_of(UNITS, "Rien."), quote).verdict == verdict


def _drafts() -> list[list[str]]:
    lines = Path(__file__).with_name("drafts.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


@pytest.mark.parametrize(("verdict", "draft"), _drafts())
def test_drafts_written_by_hand(verdict: str, draft: str) -> None:
    """Numbers, units, days, names, speakers, hedges and negations of a draft are told as meant."""
    assert verify(own()["corail"], draft).verdict == verdict
