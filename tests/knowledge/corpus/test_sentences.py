"""Sentences by rules: our own hard cases of French press text, "|" where one ends."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.corpus.sentences import split

HARD_CASES = (
    "M. Tokaïev est arrivé lundi.| Il est reparti mardi.",
    "Le traité de l'O.T.S.C. lie six pays.| Il date de 1992.",
    "La frontière est longue de 7.500 kilomètres.| Elle est ouverte.",
    "La ministre a parlé de « paix juste ».| Personne n'a répondu.",
    "Le groupe C5 + 1 s'est réuni.| Il se réunira encore.",
    "Kassym-Jomart a signé.| J.-C. Martin aussi.",
    "Voir le rapport, p. 12.| Il est long.",
    "La ville fut fondée en 52 av. J.-C. par des marins.| Elle est restée petite.",
    "La ville fut fondée en 52 av. J.-C.| Les marins sont partis.",
    "Des pommes, des poires, etc. ont été vendues.| Tout est parti.",
    "Des pommes, des poires, etc.| Les clients sont repartis contents.",
    "U.S. Steel ferme deux usines.| La bourse baisse.",
    "Le roman de J. K. Rowling se vend bien.| Il est traduit.",
    "C'est François 1er.| Il régna longtemps.",
    "« Nous partons.| Nous reviendrons », a-t-il dit.| Il est parti.",
    "« Nous partons. »| Il est parti.",
    "«\xa0Qui est là\xa0?\xa0» a-t-elle demandé.| Personne.",
    "« Qui est là ? » demande la voisine.| Un silence.",
    "« Jamais ! »| Le maire a claqué la porte.",
    "Il a dit \"oui.\"| Puis il s'est tu.",
    "Il a crié : \"Assez !\"| La salle s'est levée.",
    "Elle hésite… puis elle signe.| C'est fait.",
    "Elle hésite…| Puis elle signe.",
    "Elle hésite...| Le maire attend.",
    "Le texte […] Le reste est perdu.",
    "Le texte (...) La suite manque.| Fin.",
    "Selon lui, \"c'est fini\".| \"Rien ne va plus\", ajoute-t-il.",
    "Mme Durand et MM. Petit et Grand sont venus.| Le Dr. House aussi.",
    "Le Pr Martin et le Dr Blanc ont publié.| C'est net.",
    "Les ventes montent de 3,5 %.| Les prix aussi.",
    "Rendez-vous à 20 h. 30 au stade.",
    "Le loyer est de 1.200.000 euros.| C'est cher.",
    "Il habite St. Louis depuis 1990.| Il aime la ville.",
    "La société Dupont S.A. a fermé.| Ses salariés protestent.",
    "Apple Inc. présente un téléphone.| Il coûte cher.",
    "Voir art. 12 du code.| Il est clair.",
    "Cf. le chap. 3 du livre.| Tout y est.",
    "Le site lemonde.fr l'annonce.| Booking.com dément.",
    "Le prix Yahoo! est remis.| Bravo !",
    "– Vous venez ?| – Oui.| – Alors partons.",
    "1. Le premier point est clair.| Il est voté.",
    "Il est né en 1950.| Il a 73 ans.",
    "C'était la fin de la guerre. .| Tout recommençait.",
    "La paix est signée.| (Elle durera peu.)| Les soldats rentrent.",
    "L'accord (signé le 3 sept. 2022 à Paris) tient.| Il est fragile.",
    "Il a lu J. Le Goff et G. de Nerval.| Il a aimé.",
    "Le colonel A. est mort.| Son frère aussi.",
    "Le groupe A.| Il est en tête.",
    "Quoi ?!| Le maire n'en revient pas.",
    "C'est la fin de la saison.| Les joueurs partent.|",
    "Les deux pays ont signé la paix.|Le président est satisfait.",
    "“Nous voulons la paix.”| La foule applaudit.",
    "« Il a dit : “Partez.” »| Ils sont partis.",
    "Le G7 a voté.| 12 pays ont suivi.",
    "Le no. 5 de la liste est élu.| C'est une surprise.",
    "Le vol part à 9 a.m. heure locale.| Il est plein.",
    "C.-à-d. que tout va bien.| Vraiment.",
    "Il pèse 80 kg.| Elle en pèse 60.",
    "Le Brésil a gagné (2-0).| L'Argentine a perdu.",
    "« Tout va bien », dit M. X.| Il sourit.",
)  # fmt: skip


@pytest.mark.parametrize("marked", HARD_CASES)
def test_hard_case(marked: str) -> None:
    """A sentence ends where a reader of the French press would end it."""
    text = marked.replace("|", "")
    wanted = [part.strip() for part in marked.split("|") if part.strip()]
    assert [text[start:end] for start, end in split(text)] == wanted


@given(st.text(alphabet="aéM. !?…«»\"”' \n\xa0L1(–)J-", max_size=60))
def test_sentences_lose_nothing(text: str) -> None:
    """Sentences are in order, do not overlap, and hold every character that is no white space."""
    spans = split(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_part_of_a_text() -> None:
    """Offsets are those of the whole text when only a part is split."""
    text = "Avant. Un. Deux. Après."
    assert [text[a:b] for a, b in split(text, 7, 16)] == ["Un.", "Deux."]


def test_blank_text() -> None:
    """A blank text has no sentence."""
    assert split("  \n ") == ()
