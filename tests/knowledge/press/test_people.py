"""Who is who in a small dossier."""

import pytest

from knowledge.generation import Generation
from knowledge.press import who
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


def test_two_spellings_of_one_key_are_one_person() -> None:
    """« Kostić » and « Kostic » fold alike: the name still means one person, and surely."""
    text = "L'entraîneuse Mirjana Kostić rit. Mirjana Kostic part. « Bien », a dit Mirjana Kostic."
    generation = dossier_of(text, text.replace("ć", "c"))
    assert len(people(generation).find("Mirjana Kostić")) == 1
    assert all(statement.certain for statement in who(generation, "Kostić").statements)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Louis Varin, chef de file du groupe, a parlé.", "Louis Varin", "chef de file du groupe"),
        ("Ida Morn, ministre kazakhe des Ports, rit.", "Ida Morn", "ministre kazakhe des Ports"),
        ("Bo Ourl, océanographe à l'IOPH, a ri.", "Bo Ourl", "océanographe à l'IOPH"),
        ("Le club du président Ugo Lanne part.", "Ugo Lanne", "président"),
        ("L'avocat des élus, Me Yann Lest, rit.", "Yann Lest", "avocat des élus"),
    ],
)
def test_an_office_stands_behind_a_name_without_an_article(text: str, name: str, role: str) -> None:
    """A bare apposition is an office; of « le club du président X » only the last part is X's."""
    found = next(p for p in people(dossier_of(text)).persons if p.name == name)
    assert found.roles == (role,)


@pytest.mark.parametrize("phrase", ["la mairie", "le club", "la présidence"])
def test_a_body_is_not_who_leads_it(phrase: str) -> None:
    """What a town hall says is not what the mayor says."""
    text = "Le maire Luc Arnal rit. Le club du président Ugo Lanne part. Le président Ugo Lanne va."
    assert people(dossier_of(text)).find(phrase) == ()


def test_half_of_a_double_name_finds_its_bearer() -> None:
    """« Belhadj » is « Belhadj-Royer » where nobody else bears it."""
    text = "Karim Belhadj-Royer a parlé. Karim Belhadj-Royer est parti."
    assert [p.name for p in people(dossier_of(text)).find("Belhadj")] == ["Karim Belhadj-Royer"]
    both = text + " Anne Belhadj a ri. Anne Belhadj est là."
    assert [p.name for p in people(dossier_of(both)).find("Belhadj")] == ["Anne Belhadj"]


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("le collectif Sauvons les Tanneurs", "Tanneurs"),
        ("le site Courlanges Infos", "Courlanges"),
        ("le Conseil d'État", "État"),
    ],
)
def test_a_word_of_a_body_s_name_is_not_the_body(whole: str, part: str) -> None:
    """Only people go by the first or the last word of their name alone."""
    text = f"Selon {whole}, rien ne va. À {part}, on attend. {part} attend, {part} espère."
    assert all(part not in p.aliases for p in people(dossier_of(text, text)).persons)


def test_inhabitants_are_not_their_town() -> None:
    """« Les Courlangeois » is no other spelling of « Courlanges »."""
    text = "Courlanges attend. Les Courlangeois attendent. À Courlanges, les Courlangeois rient."
    assert all(len(p.aliases) == 0 for p in people(dossier_of(text)).persons)


def test_an_acronym_and_its_name_are_one() -> None:
    """The name that an article gives for an acronym titles its page, and either finds it."""
    text = (
        "Le Parquet national financier (PNF) a ouvert une enquête. Le PNF entendra Anna Klein, a "
        "annoncé le PNF lundi."
    )
    dossier = dossier_of(text)
    found = who(dossier, "PNF")
    assert (found.name, found.aliases) == ("Parquet national financier", ("PNF",))
    assert found == who(dossier, "Parquet national financier")
    assert len(found.mentions) + len(found.statements) == 2


@pytest.mark.parametrize(
    "phrase", ["le maître du Kremlin", "Le chef de l'État russe", "le locataire du Kremlin"]
)
def test_a_head_of_state_goes_by_the_seat(phrase: str) -> None:
    """The press says "le maître du Kremlin" for the Russian president, and means one person."""
    text = "Le président russe Igor Vasnine a reçu le président kazakh Aman Oral."
    assert [p.name for p in people(dossier_of(text)).find(phrase)] == ["Igor Vasnine"]
    assert people(dossier_of(text)).find("le locataire de la Maison-Blanche") == ()


@pytest.mark.parametrize("name", ["Flamant", "flamant", "M. Flamant"])
def test_a_surname_that_is_a_common_word_finds_its_bearer(name: str) -> None:
    """Somebody named once in full is found by the surname; a bird is not."""
    found = people(dossier_of("Le ministre de la Mer, Édouard Flamant, viendra en septembre."))
    assert [p.name for p in found.find(name)] == ["Édouard Flamant"]
    assert found.find("le flamant") == ()


def test_an_administration_is_not_who_leads_it() -> None:
    """« L'administration Varel » says nothing for Varel, and is no office of theirs."""
    text = "L'administration Varel a promis une aide. Jo Varel est parti. « Bien », a dit Varel."
    generation = dossier_of(text)
    assert people(generation).find("L'administration Varel") == ()
    assert who(generation, "Varel").roles == ()
    assert len(who(generation, "Varel").statements) == 1


def test_a_role_is_told_once() -> None:
    """Other spellings of an office, and a part of one, say nothing more."""
    text = (
        "Le maire Lu Arnal rit. Le maire Lu Arnal va. Le maire de Lens, Lu Arnal, part."
        " Le président kazakh Bo Oral rit. Le président du Kazakhstan Bo Oral part."
    )
    known = people(dossier_of(text))
    assert known.find("Arnal")[0].roles == ("maire de Lens",)
    assert known.find("Oral")[0].roles == ("président kazakh",)
    assert known.find("le maire")[0].name == "Lu Arnal"
