"""Draft -> Cleaned: what is no part of the article becomes Dropped, the text's own facts are found."""

from knowledge.corpus.draft import Cleaned, Draft


def clean(draft: Draft) -> Cleaned:
    return Cleaned(
        tuple((line.kind, line.text) for line in draft.lines), draft.facts, draft.dropped
    )
