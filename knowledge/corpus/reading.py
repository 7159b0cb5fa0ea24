"""One file -> drafts of articles: which reader takes which suffix."""

from pathlib import Path

from knowledge.corpus import encoding, frontmatter, lines, messages
from knowledge.corpus.draft import Draft
from knowledge.corpus.files import File
from knowledge.errors import UnreadableArticle


def read(file: File, content: bytes) -> tuple[tuple[str, Draft], ...]:
    """The articles of a file, each with its id; several for an export of a press database.

    Raises UnreadableArticle when the file holds none.
    """
    drafts = tuple(draft for draft in _drafts(file, content) if draft.lines)
    if not drafts:
        raise UnreadableArticle(file.path, messages.NO_TEXT.format(path=file.relative))
    if len(drafts) == 1:
        return ((file.id, drafts[0]),)
    return tuple((f"{file.id}-{n:02}", draft) for n, draft in enumerate(drafts, start=1))


def _drafts(file: File, content: bytes) -> tuple[Draft, ...]:
    """Each reader is imported when a file needs it: a folder of texts starts without the others."""
    path = Path(file.relative)
    match path.suffix.lower():
        case ".md" | ".markdown":
            from knowledge.corpus import markdown

            return (markdown.read(encoding.decode(path, content)),)
        case ".html" | ".htm" | ".xhtml":
            return _page(path, encoding.decode_html(path, content))
        case ".docx":
            from knowledge.corpus import office

            return (office.read(path, content),)
        case ".pdf":
            from knowledge.corpus import pdf

            return _text(pdf.read_text(path, content))
        case _:
            return _text(encoding.decode(path, content))


def _text(text: str) -> tuple[Draft, ...]:
    from knowledge.corpus import exports

    if found := exports.split(text):
        return found
    facts, body = frontmatter.split(text)
    return (Draft(lines.read(body), facts),)


def _page(path: Path, html: str) -> tuple[Draft, ...]:
    from knowledge.corpus import exports_html, markup, webpage

    if "<" not in html:
        return _text(html)
    page = markup.parse(html)
    return exports_html.split(page) or (webpage.read(path, html, page),)
