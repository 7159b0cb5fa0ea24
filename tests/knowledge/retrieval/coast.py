"""A dossier of any size on an invented coast, the same for the same seed."""

import random

from knowledge.corpus import parse
from knowledge.model import Article

SUBJECTS = (
    "Le capitaine Dorvault", "La mairie de Pierrefonte", "L'éclusière du canal", "Le port d'Aubrac",
    "La conserverie Delombre", "Un pêcheur de Lorgnac", "La gardienne du phare", "Le conseil",
    "La ministre Sorgues", "Une association de riverains", "Le syndicat des dockers", "L'armateur",
)  # fmt: skip
VERBS = (
    "a annoncé", "refuse", "prépare", "a inauguré mardi", "critique", "financera", "a fermé",
    "reconstruit", "veut interdire", "a vendu", "inspecte", "a promis",
)  # fmt: skip
OBJECTS = (
    "la criée aux poissons", "une digue de 300 mètres", "le pont tournant", "les bateaux anciens",
    "l'école des marins", "douze éoliennes", "la taxe sur le gazole", "un musée de la marine",
    "le tramway du littoral", "la réserve naturelle", "7 500 tonnes de sable", "le chantier naval",
)  # fmt: skip
ENDS = (
    "près de la plage", "malgré la tempête", "en mars 2021", "pour protéger la dune",
    "avec l'aide de la région", "sans l'accord des habitants", "au large de Valmeur",
    "selon le journal", "à cause des marées", "depuis la grève", "avant l'hiver", "au tribunal",
)  # fmt: skip


def sentence(draw: random.Random) -> str:
    """One sentence of the coast."""
    parts = (draw.choice(words) for words in (SUBJECTS, VERBS, OBJECTS, ENDS))
    return " ".join(parts) + "."


def article(number: int, seed: int = 0) -> Article:
    """An article of three paragraphs; another seed gives another text under the same id."""
    draw = random.Random(f"{number} {seed}")
    paragraphs = [" ".join(sentence(draw) for _ in range(draw.randint(1, 5))) for _ in range(3)]
    title = f"{draw.choice(SUBJECTS)} et {draw.choice(OBJECTS)}"
    return parse(title, "\n\n".join(paragraphs), f"a{number:05}")


def articles(count: int) -> tuple[Article, ...]:
    """So many articles, in the order of their ids."""
    return tuple(article(number) for number in range(count))


def questions(count: int) -> tuple[str, ...]:
    """So many questions on the coast."""
    draw = random.Random("questions")
    return tuple(
        f"Qui {draw.choice(VERBS)} {draw.choice(OBJECTS)} {draw.choice(ENDS)} ?"
        for _ in range(count)
    )
