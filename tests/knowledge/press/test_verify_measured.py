"""How often verify is right: mutants, untouched controls, other speakers, and strangers."""

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.generation import Generation
from knowledge.press import verify
from knowledge.press.attribution import spoken
from knowledge.press.people import people
from tests.knowledge.press.conftest import own
from tests.knowledge.press.mutations import Mutant, mutants, retyped, sentences

SEED = 20
RIGHT = 0.98

CASES = Path(__file__).parent / "misattributed.tsv"


def right_share(generation: Generation, cases: list[Mutant]) -> tuple[int, list[str]]:
    """How many verdicts are right, and the lines of the others."""
    wrong = []
    for case in cases:
        verdict = verify(generation, case.text).verdict
        if verdict not in case.verdicts:
            wrong.append(f"{case.kind}: {verdict}: {case.text}")
        assert not (case.kind == "number" and verdict == "exact"), case.text
    return len(cases) - len(wrong), wrong


@pytest.mark.slow
def test_two_hundred_mutants_are_seen() -> None:
    """Numbers, names, negations, order, typing errors and cuts are told; no number is let by."""
    every: Mapping[str, list[Mutant]] = {
        name: list(mutants(generation, SEED, 8)) for name, generation in own().items()
    }
    results = [right_share(own()[name], cases) for name, cases in every.items()]
    total = sum(map(len, every.values()))
    assert total >= 200
    assert sum(right for right, _ in results) >= RIGHT * total, [w for _, w in results]


@pytest.mark.slow
def test_a_hundred_untouched_sentences_are_exact() -> None:
    """Other marks, accents, case, spacing and an ellipsis around a sentence change nothing."""
    chance = random.Random(SEED)
    wrong, total = [], 0
    for generation in own().values():
        pool = sentences(generation)
        for text in chance.sample(pool, 25):
            total += 1
            pasted = retyped(text, chance)
            if verify(generation, pasted).verdict != "exact":
                wrong.append(pasted)
    assert total >= 100
    assert len(wrong) <= (1 - RIGHT) * total, wrong


def quoted() -> list[tuple[str, str, str]]:
    """(dossier, the whole quote, its speaker) of the list checked by hand."""
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, begins, speaker = line.split("\t")
        quotes = [
            article.text[said.inner_start : said.inner_end]
            for article in own()[name].dossier.articles
            for said in spoken(article)
            if said.form == "direct" and article.text.startswith(begins, said.inner_start)
        ]
        assert quotes, begins
        found.append((name, quotes[0], speaker))
    return found


@pytest.mark.slow
def test_fifty_quotes_given_to_another_speaker_are_seen() -> None:
    """A quote keeps its speaker's name and is refused to two others of the dossier."""
    wrong, total, controls = [], 0, 0
    for name, quote, speaker in quoted():
        generation = own()[name]
        known = people(generation)
        controls += verify(generation, quote, speaker).verdict == "exact"
        others = [p.name for p in known.persons if p.roles and not known.same(p.name, speaker)]
        for other in others[:2]:
            total += 1
            if verify(generation, quote, other).verdict != "misattributed":
                wrong.append(f"{other}: {quote}")
    assert total >= 50
    assert len(wrong) <= (1 - RIGHT) * total, wrong
    # One speaker is only "la Française", and is named further up than three paragraphs.
    assert controls >= len(quoted()) - 1


@pytest.mark.slow
def test_sentences_of_other_dossiers_are_absent() -> None:
    """A sentence of another subject is neither exact nor altered."""
    wrong, total = [], 0
    chance = random.Random(SEED)
    dossiers = own()
    for name, generation in dossiers.items():
        strangers = [s for other in dossiers if other != name for s in sentences(dossiers[other])]
        for text in chance.sample(strangers, 25):
            total += 1
            verdict = verify(generation, text).verdict
            if verdict not in ("absent", "misattributed"):
                wrong.append(f"{verdict}: {text}")
    assert len(wrong) <= (1 - RIGHT) * total, wrong


@pytest.mark.slow
def test_the_real_articles_too(real: Generation) -> None:
    """The same shares hold on the articles that we were given."""
    cases = list(mutants(real, SEED, 12))
    right, wrong = right_share(real, cases)
    assert right >= RIGHT * len(cases), wrong
