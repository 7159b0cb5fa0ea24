"""Markdown -> draft: front matter, headings, links and bold type; the text is left as it is."""

import re

from knowledge.corpus import frontmatter
from knowledge.corpus.article import squeeze
from knowledge.corpus.draft import Draft, Facts, Line

_BLOCKS = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*")
_IMAGE = re.compile(r"!\[([^\]\[]{0,500})\]\([^)\s]{0,2000}(?:\s+\"([^\"]{0,500})\")?\)")
_LINK = re.compile(r"\[([^\[\]]{1,500})\]\(<?https?://[^)\s\[]{1,2000}>?(?:\s+\"[^\"]{0,500}\")?\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1")
_RULE = re.compile(r"[ \t]*(?:[-*_][ \t]*){3,}")
_NEW_LINE = re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s|#{1,6}\s|.*[ ]{2}$")


def read(text: str) -> Draft:
    """The paragraphs between blank lines; a first heading is the title when nothing else is."""
    facts, body = frontmatter.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines: list[Line] = []
    for block in _BLOCKS.split(body):
        for paragraph in _paragraphs(block):
            heading = _HEADING.fullmatch(paragraph)
            if heading and not facts.title and not lines:
                facts = facts.or_else(Facts(title=squeeze(_plain(heading.group(1)))))
            elif plain := squeeze(_plain(heading.group(1) if heading else paragraph)):
                lines.append(Line(plain, gap=True))
    return Draft(tuple(lines), facts, pasted=False)


def _paragraphs(block: str) -> list[str]:
    """The lines of a block: one paragraph, but for headings, rules and the items of lists."""
    found: list[str] = []
    fresh = True
    for line in block.split("\n"):
        if _RULE.fullmatch(line):
            fresh = True
            continue
        stripped = line.strip().removeprefix("> ")
        if not stripped:
            continue
        starts = bool(_NEW_LINE.match(line)) and not line.endswith("  ")
        if fresh or starts:
            found.append(stripped)
        else:
            found[-1] += " " + stripped
        fresh = bool(_HEADING.fullmatch(stripped))
    return found


def _plain(text: str) -> str:
    text = _IMAGE.sub(lambda image: image[2] or image[1], text)
    return _BOLD.sub(r"\2", _LINK.sub(r"\1", text))
