"""Articles -> passages, what is indexed and searched; pure."""

from collections.abc import Iterator, Sequence

from knowledge.model import Article, Dossier, Paragraph, Passage

SHORT = 80
"""Below this many characters a paragraph (a heading, "…", a-t-il dit.) joins a neighbour."""

_ENDINGS = (".", "!", "?", "…", "»", '"', "”", ":", ";", ")")


def passages(dossier: Dossier) -> tuple[Passage, ...]:
    """The passages of every article, in corpus order; each body paragraph stands in exactly one."""
    return tuple(passage for article in dossier.articles for passage in split(article))


def split(article: Article) -> tuple[Passage, ...]:
    """The passages of one article: one paragraph each, short ones joined to their neighbour.

    A heading joins what follows it; another short paragraph joins the one before it, or else the
    one after; only paragraphs of one kind that follow each other are joined.
    """
    groups = [group for run in _runs(article.paragraphs) for group in _groups(article, run)]
    return tuple(_passage(article, group) for group in groups)


def is_heading(text: str) -> bool:
    """Whether a paragraph is short and ends without a mark, as headings do."""
    return len(text) < SHORT and not text.endswith(_ENDINGS)


def _runs(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        if run and run[-1].kind != paragraph.kind:
            yield run
            run = []
        run.append(paragraph)
    if run:
        yield run


def _groups(article: Article, run: Sequence[Paragraph]) -> list[list[Paragraph]]:
    if run[0].kind == "caption":
        return [[paragraph] for paragraph in run]
    groups: list[list[Paragraph]] = []
    waiting: list[Paragraph] = []
    for paragraph in run:
        text = article.text[paragraph.start : paragraph.end]
        if is_heading(text):
            waiting.append(paragraph)
        elif len(text) < SHORT and groups and not waiting:
            groups[-1].append(paragraph)
        elif len(text) < SHORT:
            waiting.append(paragraph)
        else:
            groups.append([*waiting, paragraph])
            waiting = []
    if waiting and groups:
        groups[-1].extend(waiting)
    elif waiting:
        groups.append(waiting)
    return groups


def _passage(article: Article, group: Sequence[Paragraph]) -> Passage:
    longest = max(group, key=lambda paragraph: paragraph.end - paragraph.start)
    return Passage(
        article=article.id,
        paragraph=longest.number,
        kind=longest.kind,
        start=group[0].start,
        end=group[-1].end,
    )
