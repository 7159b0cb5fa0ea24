"""A small dossier on an invented town, for the tests of answering."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.annotations import annotate
from knowledge.corpus import parse, passages
from knowledge.generation import Generation
from knowledge.model import Article, Dossier
from knowledge.retrieval import build

TRAM = """\
La maire de Valmeur, Élodie Marchandeau, a inauguré mardi la première ligne de tramway de la \
ville. Longue de près de 12 kilomètres, elle relie la gare au quartier des Tanneries.

Le chantier a coûté plus de 340 millions d'euros. La région n'a pas financé les stations, \
a précisé l'entreprise Ferrandal.

« Ce tramway rend la ville à ses habitants », a déclaré Élodie Marchandeau sur la place du \
Marché. Elle a fermé la rue Haute afin de protéger les écoles voisines.

Une deuxième ligne pourrait ouvrir en 2027, selon le syndicat des transports.
"""
PORT = """\
Le directeur du port de Valmeur, Bastien Korvel, a présenté vendredi à Lorgnac un projet de \
criée. Environ 60 pêcheurs y vendraient leur poisson.

Les pêcheurs ont bloqué le chenal pour dénoncer la hausse du prix du gazole. Bastien Korvel \
« regrette un conflit inutile ».

Les bateaux de Lorgnac, de Pierrefonte et de Saint-Aubier n'ont pas pris la mer.
"""
FACTORY = """\
La conserverie Delombre fermera en mars, a annoncé mardi sa présidente, Maud Sorgues. Elle \
employait 85 salariés.

Le conseil municipal n'a jamais voté l'aide demandée par la conserverie.
"""


def articles() -> tuple[Article, ...]:
    """The three articles: two dated, one without date or outlet."""
    return (
        parse("La conserverie Delombre va fermer", FACTORY, "conserverie"),
        replace(
            parse("Les pêcheurs bloquent le chenal", PORT, "port"),
            publisher="Radio Corniche",
            published=date(2024, 6, 3),
            published_from="manifest",
        ),
        replace(
            parse("Valmeur inaugure son tramway", TRAM, "tramway"),
            publisher="Le Fanal",
            agency="AFP",
            published=date(2024, 5, 16),
            published_from="manifest",
        ),
    )


def generation_of(
    listed: Sequence[Article], *, number: int = 1, digest: str = "0" * 64
) -> Generation:
    """A generation of these articles, as the library makes it."""
    dossier = Dossier("Valmeur", "fr", tuple(listed))
    found = passages(dossier)
    return Generation(number, digest, dossier, found, build(dossier, found), annotate(dossier))


def valmeur() -> Generation:
    """The generation of the three articles."""
    return generation_of(articles())
