"""The words, names and offices of articles, counted one article at a time.

What was counted can be taken away again, so that a changed article costs its own reading and not
that of the dossier.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from knowledge.annotations import Annotations, annotations_of
from knowledge.annotations.roles import offices_in, settled
from knowledge.language.names import find_names
from knowledge.language.terms import normal_form, words_of
from knowledge.model import Article

T = TypeVar("T")


class Census:
    """How often each folded word and each name occurs, and in how many articles each office.

    `roles`: (stem of a name's last word, office that an article gives to it) -> articles.
    """

    def __init__(
        self,
        words: Mapping[str, int] | None = None,
        names: Mapping[str, int] | None = None,
        roles: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self.words = Counter(words or {})
        self.names = Counter(names or {})
        self.roles = Counter(roles or {})

    def add(self, article: Article) -> None:
        """Counts an article."""
        words, names, roles = _of(article)
        self.words.update(words)
        self.names.update(names)
        self.roles.update(roles)

    def remove(self, article: Article) -> None:
        """Takes away an article that was counted."""
        words, names, roles = _of(article)
        _subtract(self.words, words)
        _subtract(self.names, names)
        _subtract(self.roles, roles)

    def annotations(self) -> Annotations:
        """What `knowledge.annotations.annotate` gives for the articles counted."""
        return annotations_of(self.words, self.names, settled(self.roles))

    def roles_blob(self) -> bytes:
        """The offices as JSON; words and names are in the annotations."""
        listed = [[stem, pair, count] for (stem, pair), count in sorted(self.roles.items())]
        return json.dumps(listed, ensure_ascii=False).encode()

    @staticmethod
    def roles_of(blob: bytes) -> dict[tuple[str, str], int]:
        """What `roles_blob` stored."""
        return {(stem, pair): count for stem, pair, count in json.loads(blob)}


def _subtract(counted: Counter[T], own: Counter[T]) -> None:
    counted.subtract(own)
    for one in own:
        if not counted[one]:
            del counted[one]


def _of(article: Article) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]]]:
    named = find_names(article.text)
    words = Counter(map(normal_form, (*words_of(article.title), *words_of(article.text))))
    names = Counter(name.text for name in (*find_names(article.title), *named))
    return words, names, Counter(set(offices_in(article.text, named)))
