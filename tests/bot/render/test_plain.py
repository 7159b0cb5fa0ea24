"""Replies as plain text, whole messages compared."""

from dataclasses import replace

from bot.render.plain import completed, explanation_text, reply_text
from knowledge.model import Explanation
from tests.bot.render.values import ANSWER, COST, REFUSAL, articles


def test_an_answer_is_headline_quotes_and_sources() -> None:
    """The blocks come in reading order, apart by a blank line."""
    assert reply_text(ANSWER, articles) == (
        "La maire de Brest.\n"
        "\n"
        "« […] la maire de Brest a inauguré le nouveau pont. » [1]\n"
        "« Le chantier a coûté 12 millions. » [2]\n"
        "\n"
        "[1] Un pont neuf relie enfin les deux rives…, Le Journal avec AFP, 28 févr. 2023, § 1\n"
        "[2] Un pont neuf relie enfin les deux rives…, Le Journal avec AFP, 28 févr. 2023, § 2"
    )


def test_a_refusal_marks_what_is_near() -> None:
    """What comes closest is called near, and questions that work are offered."""
    assert reply_text(REFUSAL, articles) == (
        "Le dossier ne dit pas quelle est la longueur du pont.\n"
        "Ce qu'il contient de plus proche : « Le chantier a coûté 12 millions. » [1]\n"
        "Vous pouvez demander : Qui a inauguré le pont ? · Combien a coûté le chantier ?\n"
        "\n"
        "[1] Un pont neuf relie enfin les deux rives…, Le Journal avec AFP, 28 févr. 2023, § 2"
    )


def test_small_talk_is_its_line_alone() -> None:
    """A friendly line has no citation around it."""
    small = replace(
        REFUSAL, reason="small_talk", message="Bonjour !", nearest=None, missing=(), suggestions=()
    )
    assert reply_text(small) == "Bonjour !"


def test_remarks_follow_the_sources() -> None:
    """Notes, what is missing, what was understood and corrected each have a line."""
    reply = replace(
        ANSWER,
        question="Et le pon ?",
        understood="Qui a inauguré le pont ?",
        notes=("Le dossier s'arrête au 28 février 2023",),
        missing=("longueur",),
        corrections=(("pon", "pont"),),
    )
    assert reply_text(reply, articles).split("\n\n")[-1].split("\n") == [
        "Le dossier s'arrête au 28 février 2023",
        "Non trouvé dans le dossier : longueur",
        "(compris : Qui a inauguré le pont ?)",
        "Corrigé : « pon » → « pont »",
    ]


def test_a_correction_alone_is_no_completion() -> None:
    """The understood question is shown when something was filled in, not for a correction."""
    corrected = replace(ANSWER, question="Qui a inauguré le PON ?", corrections=(("pon", "pont"),))
    assert not completed(corrected)
    assert completed(replace(ANSWER, question="Et qui ?"))


def test_a_link_and_an_admin_s_note_stand_with_the_source() -> None:
    """A link is shown when it is known, a retraction wherever the article is cited."""
    noted = replace(COST, url="https://exemple.fr/pont", note="Chiffre rectifié le 2 mars.")
    lines = reply_text(replace(ANSWER, evidence=(noted,)), articles).split("\n")
    assert lines[-2].endswith("§ 2 — https://exemple.fr/pont")
    assert lines[-1] == "    Note sur cet article : Chiffre rectifié le 2 mars."


def test_the_frame_takes_the_reply_s_language() -> None:
    """The quote stays French, the words around it do not."""
    text = reply_text(
        replace(REFUSAL, language="en", message="The dossier does not say."), articles
    )
    assert "The nearest thing it holds: « Le chantier a coûté 12 millions. » [1]" in text
    assert "28 Feb 2023" in text


def test_the_reasoning_is_titled_tables() -> None:
    """--explain prints each table under its title, with columns aligned."""
    explanation = Explanation(
        (("Termes", (("pont", "2.1"), ("inaugurer", "3.4"))), ("Décision", (("répondu",),)))
    )
    assert explanation_text(explanation) == (
        "Termes\n  pont       2.1\n  inaugurer  3.4\n\nDécision\n  répondu"
    )
