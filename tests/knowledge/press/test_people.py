"""Who is who in a small dossier."""

import pytest

from knowledge.generation import Generation
from knowledge.press.people import People, people, role_key
from tests.knowledge.press.conftest import dossier_of

TEXT = """\
Le président lotharien Yuri Maslov a reçu son homologue serbe, Milan Hrastic. Pour Maslov, \
l'accord est proche. La présidente du club, Anna Klein, et Paul Klein étaient présents. Klein \
n'a rien dit. Iouri Maslow repart jeudi, a indiqué la diplomatie lotharienne.
"""


@pytest.fixture(scope="module")
def known() -> People:
    """The people of one article."""
    generation: Generation = dossier_of(TEXT, aliases={"Milan Hrastic": ("Храстич",)})
    return people(generation)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Maslov", "Yuri Maslov", True),
        ("Iouri Maslow", "M. Maslov", True),
        ("Храстич", "Milan Hrastic", True),
        ("le président lotharien", "Maslov", True),
        ("le président serbe", "Hrastic", True),
        ("Maslov", "Hrastic", False),
        ("le président lotharien", "Milan Hrastic", False),
        ("la présidente du club", "Anna Klein", True),
        ("Anna Klein", "Paul Klein", False),
        ("la diplomatie lotharienne", "Maslov", None),
        ("Moscou", "la diplomatie américaine", False),
        ("les États-Unis", "la diplomatie américaine", True),
    ],
)
def test_names_roles_and_countries_are_compared(
    known: People, one: str, other: str, *, same: bool | None
) -> None:
    """Spellings, surnames, roles and the counterpart's office; None where nothing tells."""
    assert known.same(one, other) is same
    assert known.same(other, one) is same


def test_a_surname_of_two_people_is_nobody_s(known: People) -> None:
    """Klein alone belongs to neither Anna nor Paul."""
    for person in known.find("Anna Klein") + known.find("Paul Klein"):
        assert "Klein" not in person.aliases


def test_an_adjective_and_its_country_are_one_in_a_role() -> None:
    """The words "kazakh" and "du Kazakhstan" say the same of a president."""
    assert role_key("président kazakh") == role_key("le président du Kazakhstan")
