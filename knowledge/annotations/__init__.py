"""What is worked out once at indexing, and read by answering and press."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.annotations.acronyms import Given, LongName, acronyms_in, settled_acronyms
from knowledge.annotations.roles import find_roles
from knowledge.language.families import lemma
from knowledge.language.names import NameSpan, SoundIndex, find_names
from knowledge.language.spelling import Corrector
from knowledge.language.terms import is_topical, normal_form, stem, tokenize, words_of
from knowledge.model import Dossier

_MIN_NAME = 4
"""Names under four letters are looked up as they are: too many words sound like them."""


@dataclass(frozen=True, eq=False)
class Annotations:
    """Facts about the dossier's text.

    `vocabulary`: folded surface form -> how often it occurs; `names`: proper name as printed
    -> how often; `roles`: stem of a name's last word -> pairs of stems that stand for its bearer
    ("president kazakh"); `lemmas`: infinitive of an irregular verb -> stems of its forms that
    occur; `acronyms`: folded acronym -> the name that the articles give for it. All in
    alphabetical order.
    """

    vocabulary: Mapping[str, int]
    names: Mapping[str, int]
    roles: Mapping[str, tuple[str, ...]]
    lemmas: Mapping[str, tuple[str, ...]]
    acronyms: Mapping[str, LongName] = field(default_factory=dict)
    stored: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What was worked out from these and stored: read when it is asked for."""

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The folded words that names are made of."""
        if "name_words" in self.stored:
            return frozenset(self.stored["name_words"].decode().split("\n")) - {""}
        return frozenset(
            normal_form(token.text)
            for name in self.names
            for token in tokenize(name)
            if is_topical(token.text)
        )

    @cached_property
    def corrector(self) -> Corrector:
        """Corrects typing errors by this dossier's words."""
        return Corrector(self.vocabulary, self.name_words)

    @cached_property
    def sounds(self) -> SoundIndex:
        """The dossier's name words by their sound."""
        if "sounds" in self.stored:
            return SoundIndex.of_table(json.loads(self.stored["sounds"]))
        return SoundIndex(word for word in self.name_words if len(word) >= _MIN_NAME)

    def to_blobs(self) -> dict[str, bytes]:
        """What `from_blobs` reads."""
        return {
            "vocabulary": json.dumps(dict(self.vocabulary), ensure_ascii=False).encode(),
            "names": json.dumps(dict(self.names), ensure_ascii=False).encode(),
            "roles": json.dumps(dict(self.roles), ensure_ascii=False).encode(),
            "lemmas": json.dumps(dict(self.lemmas), ensure_ascii=False).encode(),
            "acronyms": json.dumps(dict(self.acronyms), ensure_ascii=False).encode(),
            "name_words": "\n".join(sorted(self.name_words)).encode(),
            "sounds": json.dumps(self.sounds.table, ensure_ascii=False).encode(),
        }

    @classmethod
    def from_blobs(cls, blobs: Mapping[str, bytes]) -> "Annotations":
        """The annotations that `to_blobs` stored."""
        vocabulary, names, roles, lemmas, acronyms = (
            json.loads(blobs[name])
            for name in ("vocabulary", "names", "roles", "lemmas", "acronyms")
        )
        return cls(
            vocabulary,
            names,
            {name: tuple(pairs) for name, pairs in roles.items()},
            {verb: tuple(stems) for verb, stems in lemmas.items()},
            {form: LongName(short, name, tuple(s)) for form, (short, name, s) in acronyms.items()},
            {name: blobs[name] for name in ("name_words", "sounds")},
        )


def annotate(dossier: Dossier) -> Annotations:
    """Read a dossier once for what answering needs again and again."""
    printed: Counter[str] = Counter()
    names: Counter[str] = Counter()

    def read(text: str) -> tuple[str, tuple[NameSpan, ...]]:
        found = find_names(text)
        printed.update(words_of(text))
        names.update(name.text for name in found)
        return text, found

    for article in dossier.articles:
        read(article.title)
    roles = find_roles(read(article.text) for article in dossier.articles)
    given = Counter(pair for article in dossier.articles for pair in acronyms_in(article.text))
    words: Counter[str] = Counter()
    for word, count in printed.items():
        words[normal_form(word)] += count
    return annotations_of(words, names, roles, given)


def annotations_of(
    words: Mapping[str, int],
    names: Mapping[str, int],
    roles: Mapping[str, tuple[str, ...]],
    given: Given,
) -> Annotations:
    """The annotations of a dossier with these words, names, offices and acronyms."""
    verbs: dict[str, dict[str, None]] = {}
    for word in sorted(words):
        verb = lemma(word)
        if verb is not None:
            verbs.setdefault(verb, {})[stem(word)] = None
    return Annotations(
        dict(sorted(words.items())),
        dict(sorted(names.items())),
        roles,
        {verb: tuple(stems) for verb, stems in sorted(verbs.items())},
        settled_acronyms(given, words, names),
    )
