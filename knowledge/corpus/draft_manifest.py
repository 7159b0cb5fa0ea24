"""Dossier -> the dossier.toml that `dossier init` writes, to be corrected by hand; pure."""

import json
from collections.abc import Iterator

from knowledge.model import Article, Dossier


def manifest_text(dossier: Dossier) -> str:
    """A commented dossier.toml of what was found; what was not found stands as a comment."""
    return "\n".join([*_head(dossier), *_articles(dossier), *_tail(dossier)]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _head(dossier: Dossier) -> Iterator[str]:
    yield "# Écrit par `dossier init` d'après les fichiers du dossier : corrigez ce qui est faux,"
    yield "# complétez ce qui manque (lignes qui commencent par #), effacez ce qui est inutile."
    yield f"title = {_quoted(dossier.title)}"
    yield f"language = {_quoted(dossier.language)}"
    if dossier.reference_date:
        yield f"reference_date = {dossier.reference_date.isoformat()}"
    else:
        yield "# reference_date = 2023-02-28   # « aujourd'hui », pour ce dossier"
    yield ""


def _articles(dossier: Dossier) -> Iterator[str]:
    for article in dossier.articles:
        yield f"[articles.{_quoted(article.id)}]"
        yield from _article(article)
        yield ""


def _article(article: Article) -> Iterator[str]:
    yield f"title = {_quoted(article.title)}"
    for key in ("publisher", "agency"):
        value = getattr(article, key)
        yield f"{key} = {_quoted(value)}" if value else f'# {key} = ""'
    if article.authors:
        yield f"authors = [{', '.join(map(_quoted, article.authors))}]"
    if article.published:
        origin = f"   # trouvé : {article.published_from}" if article.published_from else ""
        yield f"published = {article.published.isoformat()}{origin}"
    else:
        yield "# published = 2023-02-28"
    if article.url:
        yield f"url = {_quoted(article.url)}"
    if article.language and article.language != "fr":
        yield f"language = {_quoted(article.language)}"
    if article.note:
        yield f"note = {_quoted(article.note)}"


def _tail(dossier: Dossier) -> Iterator[str]:
    yield "[aliases]"
    if dossier.aliases:
        for name, spellings in dossier.aliases.items():
            yield f"{_quoted(name)} = [{', '.join(map(_quoted, spellings))}]"
    else:
        yield '# "Nom usuel" = ["autre graphie", "surnom"]'
    yield ""
    if not dossier.questions:
        yield "# [[questions]]                       # questions de contrôle d'une publication"
        yield '# question = "Qui est … ?"'
        yield '# expect = ["mot attendu"]            # en minuscules, sans accents'
        yield '# articles = ["identifiant d\'article"]'
    for question in dossier.questions:
        yield "[[questions]]"
        yield f"question = {_quoted(question.question)}"
        if question.expect:
            yield f"expect = [{', '.join(map(_quoted, question.expect))}]"
        if question.articles:
            yield f"articles = [{', '.join(map(_quoted, question.articles))}]"
        if question.refuse:
            yield "refuse = true"
        yield ""
