"""Files -> articles: readers, cleaning, facts, sentences, passages.

>>> parse("Titre", "Une phrase.").text
'Une phrase.'
"""

from knowledge.corpus.article import parse
from knowledge.corpus.draft_manifest import manifest_text
from knowledge.corpus.files import content_digest, fingerprint
from knowledge.corpus.loading import load
from knowledge.corpus.passages import passages

__all__ = ["content_digest", "fingerprint", "load", "manifest_text", "parse", "passages"]
