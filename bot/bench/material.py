"""What is measured on: dossiers of any size, always the same for the same size.

Real French sentences, recombined, where the shared folder is at hand; else made-up words with the
frequencies of a language.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from knowledge.corpus.sentences import split

SEED = 2023
PARAGRAPHS = 10
"""Paragraphs of an article."""
SENTENCES = (3, 5)
"""Fewest and most sentences of a paragraph: 600 characters on average, as on PIAF."""

_VOCABULARY = 40_000
_SYLLABLES = (
    "ba", "bre", "cha", "co", "dou", "fer", "gra", "jou", "la", "lon", "mar", "mi", "nou", "pa",
    "pré", "qui", "ren", "ri", "so", "ta", "tion", "tur", "va", "vé", "vin", "zo",
)  # fmt: skip
_SMALL = ("le", "la", "de", "et", "à", "les", "des", "un", "une", "dans", "pour", "que", "est")


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences to make dossiers of, titles for their articles, and questions."""

    source: str
    sentences: tuple[str, ...]
    titles: tuple[str, ...]
    questions: tuple[str, ...]


def material(shared: Path | None) -> Material:
    """PIAF's sentences and questions from the shared folder, else generated ones."""
    if shared is not None and (shared / "piaf" / "piaf_passages.jsonl").is_file():
        return _piaf(shared / "piaf")
    return _generated()


def write(made_of: Material, passages: int, folder: Path) -> None:
    """Writes a dossier of about this many paragraphs into an empty folder, one file an article."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (title, body) in enumerate(articles(made_of, passages)):
        shown = json.dumps(title, ensure_ascii=False)
        text = f"---\ntitle: {shown}\n---\n\n{body}\n"
        (folder / f"article-{number:06}.md").write_text(text, encoding="utf-8")


def articles(made_of: Material, passages: int) -> Iterator[tuple[str, str]]:
    """The (title, body) of each article of a dossier of so many paragraphs."""
    draw = random.Random(SEED)  # noqa: S311 - the same dossier every time
    for number, start in enumerate(range(0, passages, PARAGRAPHS)):
        count = min(PARAGRAPHS, passages - start)
        body = "\n\n".join(
            " ".join(draw.choices(made_of.sentences, k=draw.randint(*SENTENCES)))
            for _ in range(count)
        )
        yield made_of.titles[number % len(made_of.titles)], body


def sample(made_of: Material, count: int) -> tuple[str, ...]:
    """So many different questions, or all there are."""
    draw = random.Random(SEED)  # noqa: S311 - the same questions every time
    return tuple(draw.sample(made_of.questions, min(count, len(made_of.questions))))


def _piaf(folder: Path) -> Material:
    rows = [json.loads(line) for line in _lines(folder / "piaf_passages.jsonl")]
    texts = [" ".join(row["text"].split()) for row in rows]
    sentences = dict.fromkeys(text[a:b] for text in texts for a, b in split(text) if b - a > 20)
    questions = [
        json.loads(line)["question"] for line in _lines(folder / "piaf_dev_questions.jsonl")
    ]
    return Material(
        "PIAF",
        tuple(sentences),
        tuple(dict.fromkeys(row["title"].replace("_", " ") for row in rows)),
        tuple(dict.fromkeys(questions)),
    )


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        yield from lines


def _generated() -> Material:
    draw = random.Random(SEED)  # noqa: S311 - the same text every time
    words = list(dict.fromkeys(_word(draw) for _ in range(_VOCABULARY)))
    # Zipf's law with Mandelbrot's shift: what the words of any language follow.
    weights = tuple(accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def some(count: int) -> list[str]:
        drawn = draw.choices(words, cum_weights=weights, k=count)
        return [part for word in drawn for part in (draw.choice(_SMALL), word)]

    sentences = [_sentence(some(draw.randint(4, 12))) for _ in range(8_000)]
    questions = [f"Qui a vu {' '.join(some(draw.randint(2, 5)))} ?" for _ in range(2_000)]
    titles = [word.capitalize() for word in words[:190]]
    return Material("generated", tuple(sentences), tuple(titles), tuple(questions))


def _word(draw: random.Random) -> str:
    return "".join(draw.choices(_SYLLABLES, k=draw.randint(1, 4)))


def _sentence(words: Sequence[str]) -> str:
    return f"{' '.join(words).capitalize()}."
