"""What a question asks: kind, what is wanted, the noun it turns on, negation."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.question import understand

KINDS = """
small_talk    -            Bonjour
small_talk    -            Merci beaucoup !
small_talk    -            Bonne soirée
small_talk    -            Qui es-tu ?
small_talk    -            Comment ça va ?
small_talk    -            Raconte-moi une blague
small_talk    -            Que peux-tu faire ?
about_dossier number       Combien d'articles contient le dossier ?
about_dossier number       Combien de sources as-tu ?
about_dossier list         Quels articles contient le dossier ?
brief         -            De quoi parle le dossier ?
about_dossier date         De quand datent les articles ?
brief         -            Résume la grève des éboueurs
brief         -            Fais le point sur la criée
brief         -            Que s'est-il passé à Lorgnac ?
brief         -            Que sait-on de l'incendie du moulin ?
brief         -            En bref, la fermeture de la conserverie
compare       -            Compare les deux projets de criée
compare       -            Quelle est la différence entre le tramway et le bus ?
who_said      person       Qui a dit que la ville renaissait ?
who_said      person       Qui parle de « conflit inutile » ?
who_said      person       Qui regrette la fermeture ?
who_said      person       De qui est la phrase « on ne lâche rien » ?
who_said      person       Qui qualifie le projet de ruineux ?
who_said      person       Qui a promis un musée ?
said          quote        Que dit la maire du tramway ?
said          quote        Qu'a déclaré le directeur du port ?
said          quote        Qu'a-t-elle répondu aux pêcheurs ?
said          quote        Que pense Maud Sorgues de l'aide ?
said          quote        Quelle est la position de la région ?
said          quote        Comment réagit la présidente de la conserverie ?
said          quote        Comment la maire a-t-elle qualifié le tramway ?
said          quote        Comment Korvel juge-t-il le conflit ?
how           manner       Comment les pêcheurs ont-ils bloqué le chenal ?
said          quote        Selon le syndicat, que va devenir la ligne ?
said          quote        Que propose la fédération ?
who           person       Qui a inauguré le tramway ?
define        definition   Qui est Bastien Korvel ?
who           person       Avec qui la maire a-t-elle signé ?
who           person       Par qui le musée a-t-il été fondé ?
who           person       À qui le port appartient-il ?
who           person       Qui n'a pas voté l'aide ?
when          date         Quand le tramway a-t-il ouvert ?
when          date         En quelle année le phare a-t-il été bâti ?
when          date         Depuis quand la rue est-elle fermée ?
when          date         Quel jour le marché se tient-il ?
when          date         À quelle heure part le bac ?
when          date         Jusqu'à quand dure le chantier ?
when          date         Quelle est la date de l'ouverture ?
where         place        Où se trouve la criée ?
where         place        D'où viennent les bateaux ?
where         place        Dans quelle ville vit Maud Sorgues ?
where         place        À quel endroit le pont sera-t-il bâti ?
where         place        Vers quel pays part le navire ?
where         place        ou est le phare
where         place        Quel est le lieu de la réunion ?
how_many      number       Combien de salariés compte l'usine ?
how_many      number       Combien a coûté le chantier ?
how_many      number       Quel est le prix du billet ?
how_many      number       Quelle est la longueur de la ligne ?
how_many      number       Quel est le nombre de stations ?
how_many      number       Quel âge a le phare ?
how_many      number       Quelle part du budget va aux écoles ?
how_many      number       À quelle vitesse roule le tramway ?
how_many      number       Quel pourcentage des voix la liste a-t-elle obtenu ?
why           reason       Pourquoi les pêcheurs bloquent-ils le chenal ?
why           reason       Pour quelle raison l'usine ferme-t-elle ?
why           reason       Qu'est-ce qui explique la hausse du gazole ?
why           reason       Dans quel but la rue a-t-elle été fermée ?
why           reason       Quel est l'objectif du projet ?
how           manner       Comment la toiture a-t-elle été réparée ?
how           manner       De quelle manière les élus ont-ils voté ?
how           manner       Grâce à quoi le moulin tourne-t-il ?
define        definition   Qu'est-ce que la criée ?
define        definition   Qu'est-ce qu'un chenal ?
define        definition   C'est quoi, un bac ?
define        definition   Que signifie le sigle SIVU ?
list          person       Quels ministres sont venus ?
list          place        Quelles villes la ligne traverse-t-elle ?
list          organisation Quelles entreprises ont bâti le pont ?
list          thing        Quels projets la mairie soutient-elle ?
list          thing        Cite les bateaux du port
what          thing        Que transporte le navire ?
what          thing        Quel bateau a coulé ?
what          thing        À quoi sert le chenal ?
what          person       Quel ministre a visité le port ?
what          place        Quelle ville accueille le festival ?
what          organisation Quelle entreprise a bâti le pont ?
yes_no        -            La région a-t-elle financé les stations ?
yes_no        -            Y a-t-il un musée à Lorgnac ?
yes_no        -            Le pont est-il ouvert ?
yes_no        -            Les pêcheurs vont-ils gagner ?
yes_no        -            La conserverie fermera en mars ?
yes_no        -            Une deuxième ligne pourrait-elle ouvrir ?
keywords      -            tramway Valmeur mardi
keywords      -            Bastien Korvel
keywords      -            conserverie
"""
CASES = [tuple(line.split(maxsplit=2)) for line in KINDS.strip().splitlines()]


@pytest.mark.parametrize(("kind", "wanted", "question"), CASES)
def test_kinds(kind: str, wanted: str, question: str) -> None:
    """The kind of a question and what is wanted follow from its words."""
    asked = understand(question)
    assert (asked.kind, asked.wanted) == (kind, wanted)


@pytest.mark.parametrize(("kind", "wanted", "question"), CASES[::4])
def test_kinds_however_they_are_typed(kind: str, wanted: str, question: str) -> None:
    """Capitals, spaces, decomposed accents and either apostrophe change nothing."""
    for written in (
        question.replace("'", "’"),
        unicodedata.normalize("NFD", question),
        f"  {question.replace(' ', '  ')} ",
        question.lower(),
    ):
        asked = understand(written)
        assert (asked.kind, asked.wanted) == (kind, wanted)


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("Quelle ville accueille le festival ?", "ville"),
        ("Combien d'ambulances ?", "ambulances"),
        ("Combien d’huile transporte le navire ?", "huile"),
        ("Quel est le prix du billet ?", "prix"),
        ("Quelle était la longueur du pont ?", "longueur"),
        ("Quels sont les bateaux du port ?", "bateaux"),
        ("Quels œufs sont vendus ?", "œufs"),
        ("Combien a coûté le chantier ?", None),
        ("Qui est là ?", None),
        ("Pourquoi la rue est-elle fermée ?", None),
    ],
)
def test_the_noun_a_question_turns_on(question: str, focus: str | None) -> None:
    """The focus is the noun after "quel" or "combien de", a slice of the question."""
    found = understand(question).focus
    if focus is None:
        assert found is None
    else:
        assert found is not None
        assert found.text == focus == question[found.start : found.end]


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Qui n'a pas voté l'aide ?", True),
        ("Qui n’a pas voté l’aide ?", True),
        ("La région n'a-t-elle jamais payé ?", True),
        ("Pourquoi la région ne paie-t-elle rien ?", True),
        ("Quel bateau ne navigue plus ?", True),
        ("Qui n'est venu ni lundi ni mardi ?", True),
        ("Qui a fait le premier pas ?", False),
        ("Qui a voté l'aide ?", False),
        ("Quelle panne bloque le bac ?", False),
        ("Qui est plus grand ?", False),
    ],
)
def test_negation(question: str, negated: bool) -> None:  # noqa: FBT001
    """A question is negated by "ne" with its second word, not by one of them alone."""
    assert understand(question).negated is negated


@given(st.text(max_size=120))
def test_any_text_is_understood(text: str) -> None:
    """Any text has a kind, the same every time, and a focus that is a slice of it."""
    asked = understand(text)
    assert asked == understand(text)
    if asked.focus is not None:
        assert text[asked.focus.start : asked.focus.end] == asked.focus.text


def test_a_language_is_no_speaker() -> None:
    """Who says something is asked by "quel expert a dit", never by "quelle langue parle-t-on"."""
    assert understand("Quel expert a dit que la digue tiendrait ?").kind == "who_said"
    assert understand("Quelle langue parle la minorité de l'île ?").kind != "who_said"
