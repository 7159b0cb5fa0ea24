"""One file -> drafts of articles: which reader takes which suffix."""

from pathlib import PurePosixPath

from knowledge.corpus import encoding, frontmatter, lines, messages
from knowledge.corpus.draft import Draft
from knowledge.corpus.files import File
from knowledge.errors import UnreadableArticle


def read(file: File, content: bytes) -> tuple[tuple[str, Draft], ...]:
    """The articles of a file, each with its id; several for an export of a press database.

    Raises UnreadableArticle when the file holds none.
    """
    suffix = PurePosixPath(file.relative).suffix.lower()
    match suffix:
        case ".md" | ".markdown":
            from knowledge.corpus import markdown

            drafts: tuple[Draft, ...] = (markdown.read(encoding.decode(file.path, content)),)
        case _:
            facts, text = frontmatter.split(encoding.decode(file.path, content))
            drafts = (Draft(lines.read(text), facts),)
    if not any(draft.lines for draft in drafts):
        raise UnreadableArticle(file.path, messages.NO_TEXT.format(path=file.relative))
    if len(drafts) == 1:
        return ((file.id, drafts[0]),)
    return tuple((f"{file.id}-{n:02}", draft) for n, draft in enumerate(drafts, start=1))
