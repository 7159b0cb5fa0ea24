"""The words, names, offices and acronyms of articles, counted one article at a time.

What was counted can be taken away again, so that a changed article costs its own reading and not
that of the dossier.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from knowledge.annotations import Annotations, annotations_of
from knowledge.annotations.acronyms import acronyms_in
from knowledge.annotations.roles import offices_in, settled
from knowledge.language.names import find_names
from knowledge.language.terms import normal_form, words_of
from knowledge.model import Article

T = TypeVar("T")


class Census:
    """How often each folded word and each name occurs, and in how many articles each office.

    `roles`: (stem of a name's last word, office that an article gives to it) -> articles;
    `acronyms`: (acronym, long name that an article gives for it) -> articles.
    """

    def __init__(
        self,
        words: Mapping[str, int] | None = None,
        names: Mapping[str, int] | None = None,
        roles: Mapping[tuple[str, str], int] | None = None,
        acronyms: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self.words = Counter(words or {})
        self.names = Counter(names or {})
        self.roles = Counter(roles or {})
        self.acronyms = Counter(acronyms or {})

    def add(self, article: Article) -> None:
        """Counts an article."""
        words, names, roles, acronyms = _of(article)
        self.words.update(words)
        self.names.update(names)
        self.roles.update(roles)
        self.acronyms.update(acronyms)

    def remove(self, article: Article) -> None:
        """Takes away an article that was counted."""
        words, names, roles, acronyms = _of(article)
        _subtract(self.words, words)
        _subtract(self.names, names)
        _subtract(self.roles, roles)
        _subtract(self.acronyms, acronyms)

    def annotations(self) -> Annotations:
        """What `knowledge.annotations.annotate` gives for the articles counted."""
        return annotations_of(self.words, self.names, settled(self.roles), self.acronyms)

    def to_blobs(self) -> dict[str, bytes]:
        """The offices and acronyms as JSON; words and names are in the annotations."""
        return {"roles": _pairs_blob(self.roles), "acronyms": _pairs_blob(self.acronyms)}

    @classmethod
    def from_blobs(cls, annotations: Annotations, blobs: Mapping[str, bytes]) -> "Census":
        """The census of which the annotations were made and `to_blobs` stored the rest."""
        roles, acronyms = (_pairs_of(blobs[name]) for name in ("roles", "acronyms"))
        return cls(annotations.vocabulary, annotations.names, roles, acronyms)


_Pairs = Counter[tuple[str, str]]


def _pairs_blob(counted: _Pairs) -> bytes:
    listed = [[one, other, count] for (one, other), count in sorted(counted.items())]
    return json.dumps(listed, ensure_ascii=False).encode()


def _pairs_of(blob: bytes) -> _Pairs:
    return Counter({(one, other): count for one, other, count in json.loads(blob)})


def _subtract(counted: Counter[T], own: Counter[T]) -> None:
    counted.subtract(own)
    for one in own:
        if not counted[one]:
            del counted[one]


def _of(article: Article) -> tuple[Counter[str], Counter[str], _Pairs, _Pairs]:
    named = find_names(article.text)
    words = Counter(map(normal_form, (*words_of(article.title), *words_of(article.text))))
    names = Counter(name.text for name in (*find_names(article.title), *named))
    offices = Counter(set(offices_in(article.text, named)))
    return words, names, offices, Counter(acronyms_in(article.text))
