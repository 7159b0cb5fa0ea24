"""A question finds a body by its name where the article prints its acronym, and the other way."""

import pytest

from knowledge.answering import answer
from knowledge.answering.anchors import is_asked_name
from knowledge.answering.concepts import read
from knowledge.answering.question import understand
from knowledge.corpus import parse
from knowledge.forms import ACRONYM_SHARE, PART_SHARE, acronyms_of
from knowledge.generation import Generation
from knowledge.model import Answer
from tests.knowledge.answering.replies import answered
from tests.knowledge.answering.town import generation_of

VOTE = """\
La Commission électorale nationale indépendante (Céni) a publié lundi les résultats du vote.

Le président de la Céni, Arsène Ravelonarivo, a reconnu des retards dans douze bureaux.

La pluie a retardé le vote à Antalaha. Le maire, Paul Simon (PS), a salué le calme des électeurs.
"""
REACTOR = """\
Le chantier du réacteur de Morvelle a repris mardi. L'Autorité de sûreté nucléaire et de \
radioprotection (ASNR) surveille le site depuis 2019.

Dans son avis du 12 mai, l'ASNR demande 14 contrôles de plus sur les soudures.

Le Parquet national financier, ou PNF, a ouvert une enquête. Le PNF entendra Lucie Garand en juin.

Selon l'OGV (Office des grandes voies), le pont tiendra.
"""


@pytest.fixture(scope="module")
def press() -> Generation:
    """Two articles that explain their acronyms."""
    return generation_of((parse("Le vote", VOTE, "vote"), parse("Morvelle", REACTOR, "site")))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Qui préside la commission électorale ?", "Arsène Ravelonarivo"),
        ("Qui est le président de la Commission électorale nationale ?", "Arsène Ravelonarivo"),
        ("Combien de contrôles la sûreté nucléaire demande-t-elle ?", "14 contrôles"),
        ("Qui le parquet financier entendra-t-il ?", "Lucie Garand"),
        ("Qu'est-ce que la CENI ?", "Commission électorale nationale indépendante"),
    ],
)
def test_either_finds_the_other(press: Generation, question: str, found: str) -> None:
    """The name finds the acronym, in full or by two of its words; the acronym finds the name."""
    assert found in answered(press, question).headline


@pytest.mark.parametrize(
    ("question", "headline"),
    [
        ("Qu'est-ce que la Céni ?", "La Commission électorale nationale indépendante."),
        ("Qu'est-ce que le PNF ?", "Le Parquet national financier."),
        ("Que signifie OGV ?", "Office des grandes voies."),
    ],
)
def test_what_an_acronym_is(press: Generation, question: str, headline: str) -> None:
    """What an acronym is asked to be is the name, wherever the article puts it, and no more."""
    assert answered(press, question).headline == headline


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Qui préside la commission électorale ?", "Céni"),
        ("Qui préside la Céni ?", "Commission électorale nationale indépendante"),
        ("Qui préside la CENI ?", "Commission électorale"),
        ("Qui dirige l'ASNR ?", "Autorité de sûreté nucléaire et de radioprotection"),
    ],
)
def test_the_other_is_the_asked_name(press: Generation, question: str, name: str) -> None:
    """The long name of an asked acronym, or its acronym, is no answer."""
    concepts = read(press, question, understand(question)).concepts
    assert is_asked_name(name, concepts)
    reply = answer(press, question)
    assert not isinstance(reply, Answer) or name not in reply.headline


def test_a_part_of_the_name_is_not_the_name(press: Generation) -> None:
    """Two words inside the name find the acronym, which may still be the answer."""
    question = "Qui veille à la sûreté nucléaire ?"
    concepts = read(press, question, understand(question)).concepts
    assert any("asnr" in dict(one.forms) for one in concepts)
    assert not is_asked_name("ASNR", concepts)


@pytest.mark.parametrize(
    ("words", "shares"),
    [
        ("commission électorale", [ACRONYM_SHARE] * 2),
        ("vote commission électorale nationale", [None, *[ACRONYM_SHARE] * 3]),
        ("commission indépendante", [PART_SHARE] * 2),
        ("commission nationale", [None, None]),
        ("commission", [None]),
        ("électorale commission", [None, None]),
        ("sûreté nucléaire", [PART_SHARE] * 2),
        ("nucléaire radioprotection", [None, None]),
    ],
)
def test_how_much_of_a_name_means_it(
    press: Generation, words: str, shares: list[float | None]
) -> None:
    """The first two words mean the thing, two others of its head find it, one says nothing."""
    found = acronyms_of(press, words.split())
    assert [dict(forms).get("cen", dict(forms).get("asnr")) for forms in found] == shares


def test_names_that_begin_alike_are_only_found() -> None:
    """Where two names begin with the asked words both are found; a whole name is that one alone."""
    text = (
        "Le Service de sécurité (SDS) et le Service de sécurité militaire (SSM) se taisent. "
        "L'Agence des rives du nord (ARN) paie l'Agence des rives du sud (ARS)."
    )
    town = generation_of((parse("Les services", text),))
    assert [dict(forms) for forms in acronyms_of(town, ["service", "sécurité"])] == [
        {"sd": ACRONYM_SHARE}
    ] * 2
    found = acronyms_of(town, ["agence", "rives"])
    assert [dict(forms) for forms in found] == [{"arn": PART_SHARE, "ar": PART_SHARE}] * 2
