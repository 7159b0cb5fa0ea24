"""Acronyms that a text explains, and brackets that explain none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.acronyms import find_acronyms

EXPLAINED = """
La Commission électorale nationale indépendante (Céni) publie ses chiffres. | Céni | Commission électorale nationale indépendante
Le site dépend de l’Autorité de sûreté nucléaire et de radioprotection (ASNR). | ASNR | Autorité de sûreté nucléaire et de radioprotection
Les pays de l'OTSC (Organisation du traité de sécurité collective) se réunissent. | OTSC | Organisation du traité de sécurité collective
Elle préside l'Organisation de coopération de Shanghai (OCS) cette année. | OCS | Organisation de coopération de Shanghai
Le Parquet national financier, ou PNF, enquête. | PNF | Parquet national financier
Le Parquet national financier (ou PNF) enquête. | PNF | Parquet national financier
La Régie des eaux de Valmeur, dite REV, a vendu ses cuves. | REV | Régie des eaux de Valmeur
Le Comité des pêches de Lorgnac, appelé CPL, a voté. | CPL | Comité des pêches de Lorgnac
La Haute Cour constitutionnelle (HCC) a tranché. | HCC | Haute Cour constitutionnelle
Selon l'O.N.U. (Organisation des Nations unies), la crue passe. | O.N.U. | Organisation des Nations unies
La Société nationale des chemins de fer français (SNCF) ferme le guichet. | SNCF | Société nationale des chemins de fer français
Le Conseil économique, social et environnemental (Cese) rend un avis. | Cese | Conseil économique, social et environnemental
Le « Comité des rives de l'Orbe » (CRO) proteste. | CRO | Comité des rives de l'Orbe
L'Organisation du traité de l'Atlantique nord (Otan) s'étend. | Otan | Organisation du traité de l'Atlantique nord
L'Organisation du traité de l'Atlantique nord (Nato) s'étend. | Nato | Organisation du traité de l'Atlantique nord
Le Service de sécurité d'Ukraine (SBU) a ouvert une enquête. | SBU | Service de sécurité d'Ukraine
L'Union des associations européennes de football (UEFA) tranchera. | UEFA | Union des associations européennes de football
L'Association française de normalisation (Afnor) publie un guide. | Afnor | Association française de normalisation
Elle a quitté le Parti socialiste (PS) en mars. | PS | Parti socialiste
Il vote pour La France insoumise (LFI) depuis 2017. | LFI | La France insoumise
La taxe sur la valeur ajoutée (TVA) baisse. | TVA | taxe sur la valeur ajoutée
Les organisations non gouvernementales (ONG) partent. | ONG | organisations non gouvernementales
L'intelligence artificielle (IA) trie les colis. | IA | intelligence artificielle
L'ACPR, l'Autorité de contrôle prudentiel et de résolution, a sanctionné la banque. | ACPR | Autorité de contrôle prudentiel et de résolution
Le Paris Saint-Germain (PSG) a perdu. | PSG | Paris Saint-Germain
Le Centre d'essais de Morvelle – CEM – ferme. | CEM | Centre d'essais de Morvelle
"""  # noqa: E501
CASES = [tuple(one.strip() for one in line.split("|")) for line in EXPLAINED.strip().split("\n")]


@pytest.mark.parametrize(("text", "short", "long"), CASES)
def test_what_the_letters_bear_out(text: str, short: str, long: str) -> None:
    """An acronym beside the name that has its initials stands for it, whichever comes first."""
    (found,) = find_acronyms(text)
    assert (found.short.text, found.long.text) == (short, long)


@pytest.mark.parametrize(
    "text",
    [
        "Le port de Morgat (Kazakhstan) a rouvert.",
        "Le Comité des arts de Lorgnac (Kazakhstan) a fermé.",
        "PARIS, 3 mars (AFP) - La crue passe.",
        "Une attaque planifiée (AP) a échoué, dit la police.",
        "La crue a touché Bourg-en-Bresse (Ain) hier.",
        "L'arrondissement inondé du nord (Ain) attend les secours.",
        "La députée Maud Sorgues (PS) a voté contre.",
        "Le président sortant (PS) ne se représente pas.",
        "Paul Simon (PS) a salué le calme.",
        "Le maire, Laurent Robert (LR), démissionne.",
        "Louis-François Imbert (LFI) a pris la parole.",
        "La présidente de la Commission des finances (LFI) a quitté la salle.",
        "Le porte-parole du syndicat (PS) a parlé.",
        "Le coureur français Romain Ardant (FRA) a gagné.",
        "L'Italien Thomas Adami (ITA) a gagné.",
        "Elle cite une étude (1) et une autre (2).",
        "La criée de Lorgnac (Photo Jean Morvan / AFP) est vide.",
        "Bastien Korvel (Radio Corniche) était sur place.",
        "La Fédération régionale des chasseurs (Franck) recrute.",
        "Le Centre national des arts de la rue (Archives) rouvre.",
        "Le Conseil du port a voté. (CPV)",
        "Il est parti. Rien n'est sûr (RNS).",
        "Le moulin de Pierrefonte (Isère) tourne, ou presque.",
        "L'OTSC (six pays) se réunit.",
        "La CPL, une association de pêcheurs, proteste.",
        "Une bouteille à la mer ou SOS.",
        "La Commission (CE) a parlé.",
    ],
)
def test_what_they_do_not(text: str) -> None:
    """A place, a party, an agency or a credit behind a name is no acronym of it."""
    assert find_acronyms(text) == ()


def test_several_in_the_order_of_the_text() -> None:
    """Each acronym counts once where it stands, in order."""
    text = (
        "Le PNF (Parquet national financier) et la Haute Cour constitutionnelle (HCC) se taisent."
    )
    assert [one.short.text for one in find_acronyms(text)] == ["PNF", "HCC"]


WORDS = st.sampled_from(
    ["la ", "Commission ", "d'", "(", ")", "Céni", "OTAN", ", ", "ou ", "dite ", "« ", " »", "é",
     "\n", "A.B.C.", "Œ", "ǅ", "ß", "-", " – ", "Parti ", "nationale ", "12", "İ", "ﬁ", "."]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map("".join)))
def test_any_text_is_read(text: str) -> None:
    """Any text is read, always alike; acronym and name are slices of it that do not touch."""
    found = find_acronyms(text)
    assert found == find_acronyms(text)
    for one in found:
        for span in (one.short, one.long):
            assert text[span.start : span.end] == span.text != ""
        assert one.short.end <= one.long.start or one.long.end <= one.short.start
