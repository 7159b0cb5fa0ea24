"""Lines to paragraphs: wrapped or one each, and quotation that a page broke."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from knowledge.corpus.lines import read

LONG = (
    "Le conseil municipal a voté jeudi soir la construction d'une passerelle au-dessus du canal, "
    "après trois heures de débats et malgré l'opposition de deux élus du quartier. "
    "Les travaux, qui coûteront deux millions d'euros, doivent commencer au printemps."
)
OTHER = (
    "La maire a assuré que les riverains seraient consultés avant chaque étape du chantier. "
    "Une réunion publique est prévue en octobre dans la salle des fêtes de la commune."
)


def texts(text: str) -> list[str]:
    """The paragraphs of a text."""
    return [line.text for line in read(text)]


def test_each_line_a_paragraph() -> None:
    """Long lines without blank lines between them are a paragraph each."""
    assert texts(f"{LONG}\n{OTHER}\n") == [LONG, OTHER]


def test_wrapped_lines() -> None:
    """Wrapped lines are joined by a space; a blank line ends a paragraph."""
    for width in (60, 72, 80, 100):
        wrapped = "\n\n".join(textwrap.fill(part, width) for part in (LONG, OTHER))
        assert texts(wrapped) == [LONG, OTHER], width


def test_wrapped_without_blank_lines() -> None:
    """In a wrapped text a short last line, or an indent, ends a paragraph."""
    first = textwrap.fill(LONG, 72)
    assert len(first.splitlines()[-1]) < 60
    assert texts(f"{first}\n{textwrap.fill(OTHER, 72)}") == [LONG, OTHER]
    indented = "\n".join(
        textwrap.fill(part, 72, initial_indent="   ") for part in (LONG, OTHER, LONG)
    )
    assert texts(indented) == [LONG, OTHER, LONG]


def test_other_line_ends() -> None:
    """Windows and old Mac line ends count as line ends."""
    assert texts(f"{LONG}\r\n\r\n{OTHER}\r\n") == [LONG, OTHER]
    assert texts(f"{LONG}\r{OTHER}\r") == [LONG, OTHER]


def test_broken_quotation() -> None:
    """The pieces that a page made of one sentence are one paragraph, joined by single spaces."""
    broken = (
        'La commune\n"salue le choix du département"\nsur le tracé de la ligne,\n'
        '"qui doit être respecté"\n, a indiqué la mairie dans une lettre.\n' + LONG
    )
    whole = (
        'La commune "salue le choix du département" sur le tracé de la ligne, '
        '"qui doit être respecté", a indiqué la mairie dans une lettre.'
    )
    assert texts(broken) == [whole, LONG]


def test_lone_stop() -> None:
    """A lone stop after a quotation ends it without a space."""
    assert texts('Le maire veut\n"tourner la page"\n.\nLes élus attendent la suite.') == [
        'Le maire veut "tourner la page".',
        "Les élus attendent la suite.",
    ]


def test_broken_around_a_link() -> None:
    """A line that cannot end where it ends goes on with the next one, in lower case."""
    assert texts("Le préfet a ensuite jugé\nla situation préoccupante.\nIl est reparti.") == [
        "Le préfet a ensuite jugé la situation préoccupante.",
        "Il est reparti.",
    ]


def test_heading_before_a_quotation() -> None:
    """A heading stays apart from a paragraph that opens with a quotation."""
    parts = ["Un chantier contesté", '"Nous irons au tribunal", a prévenu un riverain.']
    assert texts("\n".join(parts)) == parts
    assert texts("\n\n".join(parts)) == parts


def test_heading_before_prose() -> None:
    """A heading stays apart from a paragraph that opens with a capital."""
    assert texts(f"Un chantier contesté\n{LONG}") == ["Un chantier contesté", LONG]


def test_list_items() -> None:
    """The items of a list stay apart."""
    items = ["- un pont", "- une route", "- deux écoles"]
    assert texts("\n".join(items)) == items


@given(st.text(alphabet='aB .,"«»\n\t-é', max_size=120))
def test_no_character_is_lost(text: str) -> None:
    """Reading lines loses and adds nothing but white space."""
    kept = "".join(line.text for line in read(text))
    assert "".join(kept.split()) == "".join(text.split())
