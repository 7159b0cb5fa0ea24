"""What is worked out once at indexing, and read by answering and press."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import Dossier


@dataclass(frozen=True, slots=True)
class Annotations:
    """Facts about the dossier's text.

    `vocabulary`: folded surface form -> how often it occurs.
    """

    vocabulary: Mapping[str, int]

    def to_blobs(self) -> dict[str, bytes]:
        """What `from_blobs` reads."""
        return {"vocabulary": json.dumps(dict(self.vocabulary), ensure_ascii=False).encode()}

    @classmethod
    def from_blobs(cls, blobs: Mapping[str, bytes]) -> "Annotations":
        """The annotations that `to_blobs` stored."""
        return cls(json.loads(blobs["vocabulary"]))


def annotate(dossier: Dossier) -> Annotations:
    """Read a dossier once for what answering needs again and again."""
    from collections import Counter

    from knowledge.language.terms import normal_form, tokenize

    count: Counter[str] = Counter()
    for article in dossier.articles:
        for text in (article.title, article.text):
            count.update(normal_form(token.text) for token in tokenize(text))
    return Annotations(dict(sorted(count.items())))
