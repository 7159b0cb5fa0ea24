"""Draft -> Cleaned: what is no part of the article becomes Dropped; the text's facts are found.

A pipeline of plain functions, each from Page to Page; nothing is lost: a line is kept, or dropped
by a rule that `dossier sources --dropped ID` shows.
"""

from collections.abc import Callable, Sequence
from datetime import date

from knowledge.corpus import byline, captions, furniture, heading, repeats
from knowledge.corpus.draft import Cleaned, Draft
from knowledge.corpus.page import Page

Stage = Callable[[Page], Page]

_PASTED: tuple[Stage, ...] = (
    furniture.drop_comments,
    furniture.drop_newsletter,
    furniture.drop_lines,
    captions.mark,
    furniture.drop_related,
    byline.find,
)
_SAFE: tuple[Stage, ...] = (furniture.drop_whole_lines,)
"""What is safe in any text: lines that consist of furniture phrases and of nothing else."""


def clean(draft: Draft, *, titles: Sequence[str] = (), reference: date | None = None) -> Cleaned:
    """The paragraphs of a draft, the facts its text gives, and what was dropped, in order.

    `titles`: how the article is called elsewhere; such a line is no paragraph. `reference`: the
    day up to which a date without a year is looked for.
    """
    page = Page(draft.lines, (None,) * len(draft.lines), draft.facts, draft.dropped)
    for stage in _PASTED if draft.pasted else _SAFE:
        page = stage(page)
    page = heading.find(page, titles) if draft.pasted else heading.drop_first(page, titles)
    if draft.pasted:
        page = repeats.drop(furniture.drop_media(page))
    return byline.read_captions(byline.read_dateline(page, reference)).cleaned()
