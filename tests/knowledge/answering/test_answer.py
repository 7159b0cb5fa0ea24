"""What every answer keeps to, whatever is asked."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering import answer
from knowledge.generation import Generation
from knowledge.language.terms import tokenize
from knowledge.library import Library
from knowledge.model import Language, Reply
from tests.knowledge.answering.replies import (
    LANGUAGES,
    QUESTIONS,
    check,
    citations,
    refused,
)
from tests.knowledge.answering.town import PORT, TRAM, articles, generation_of, valmeur

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def town() -> Generation:
    """The small dossier."""
    return valmeur()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_every_reply_keeps_to(town: Generation, question: str, language: Language) -> None:
    """Quotes are slices, lengths are kept, and headlines say nothing that is not proved."""
    reply = answer(town, question, language=language)
    check(town, reply)
    assert reply.language == language
    assert reply.question == question
    assert len(reply.code) == 6


WORDS = st.sampled_from(sorted({token.text for token in tokenize(TRAM + PORT)}))
OPENERS = st.sampled_from(
    ["Qui", "Quand", "Où", "Combien de", "Pourquoi", "Comment", "Quels", "Que dit", "Est-ce que",
     "Qui a dit", "Quelle est", "Résume", "Compare", "Qu'est-ce que", "Et", ""]
)  # fmt: skip
ASKED = st.builds(
    lambda opener, rest: f"{opener} {' '.join(rest)} ?",
    OPENERS,
    st.lists(WORDS, min_size=1, max_size=6),
)


@given(ASKED)
@settings(max_examples=100, deadline=None)
def test_whatever_is_asked_of_it(town: Generation, question: str) -> None:
    """The same holds for questions made of the dossier's own words in any order."""
    check(town, answer(town, question))


@given(ASKED, ASKED)
@settings(max_examples=25, deadline=None)
def test_whatever_was_asked_before(town: Generation, earlier: str, question: str) -> None:
    """The same holds in a dialogue."""
    check(town, answer(town, question, history=(earlier,)))


@given(
    st.text(max_size=100)
    | st.lists(
        st.sampled_from(
            ["\0", "\u202e", "\u2066", "🚋", "\U0001f468\u200d\U0001f467", "مرحبا", "e\u0301",
             "\ufeff", "Qui", "tramway", "«",
             '"', "'", "’", "?", "-", "\n", "7.500", "\ufb01", "İ", "ß"]
        ),
        max_size=12,
    ).map(" ".join)
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_odd_text_is_answered(town: Generation, text: str) -> None:
    """Control characters, right-to-left marks, emoji and broken punctuation raise nothing."""
    check(town, answer(town, text))
    check(town, answer(town, "Et à Lorgnac ?", history=(text, "")))


@pytest.mark.parametrize(
    "text", [" " * 100_000, "?" * 100_000, "\n" * 100_000, "🚋" * 100_000, "\u202e" * 100_000]
)
def test_long_emptiness_is_quick(town: Generation, text: str) -> None:
    """A hundred thousand characters without a word are an empty question."""
    assert refused(town, text).reason == "no_match"


def test_the_same_answer_a_hundred_times(town: Generation) -> None:
    """The same question gives the same reply, explanation aside, every time."""
    for question in (QUESTIONS[0], QUESTIONS[4], QUESTIONS[14]):
        first = answer(town, question)
        assert all(answer(town, question) == first for _ in range(100))


def test_the_same_answer_after_a_rebuild(town: Generation) -> None:
    """A generation made again gives the same replies, whatever its number."""
    again = generation_of(articles(), number=7)
    for question in QUESTIONS:
        assert answer(again, question) == answer(town, question)


def test_the_same_answer_whatever_order_the_files_were_written_in(tmp_path: Path) -> None:
    """Two folders with the same files, written in another order, give the same replies."""
    replies: list[list[Reply]] = []
    for name, listed in (("one", articles()), ("two", articles()[::-1])):
        folder = tmp_path / name
        folder.mkdir()
        for article in listed:
            text = f"{article.title}\n\n{article.text}\n"
            (folder / f"{article.id}.txt").write_text(text, encoding="utf-8")
            os.utime(folder / f"{article.id}.txt", (len(name), len(replies) + 1))
        (folder / "dossier.toml").write_text('title = "Valmeur"\n', encoding="utf-8")
        generation = Library.open(folder, None).current
        replies.append([answer(generation, question) for question in QUESTIONS])
    assert replies[0] == replies[1]


PRINT_REPLIES = """
import json, sys
from knowledge.answering import answer
from tests.knowledge.answering.town import valmeur
town = valmeur()
print(json.dumps([repr(answer(town, question)) for question in json.load(sys.stdin)]))
"""


def test_the_same_answer_in_every_process(town: Generation) -> None:
    """Hash seeds and locales change nothing of a reply."""
    running = []
    for seed, locale in (("1", "C"), ("2", "C.UTF-8"), ("random", "fr_FR.ISO-8859-1")):
        process = subprocess.Popen(
            [sys.executable, "-c", PRINT_REPLIES],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        running.append(process)
    told = [one.communicate(json.dumps(QUESTIONS).encode(), timeout=60)[0] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0]
    here = [repr(answer(town, question)) for question in QUESTIONS]
    assert [json.loads(one) for one in told] == [here, here, here]


def test_either_apostrophe_and_either_form_of_accents(town: Generation) -> None:
    """A question typed in NFD, with curly apostrophes or more spaces has the same answer."""
    for question in QUESTIONS[:12]:
        reply = answer(town, question)
        assert answer(town, unicodedata.normalize("NFD", question)) == reply
        assert answer(town, f"  {question} \n") == reply
        curly = answer(town, question.replace("'", "’"))
        assert list(citations(curly)) == list(citations(reply))
