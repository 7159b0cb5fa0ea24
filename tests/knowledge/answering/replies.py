"""What the tests of answers hold every reply to."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from knowledge.answering import answer
from knowledge.generation import Generation
from knowledge.language.dates import spell_date
from knowledge.language.terms import fold, tokenize
from knowledge.model import Abstention, Answer, Citation, Language, Reply

QUESTIONS = (
    "Qui a inauguré la première ligne de tramway de Valmeur ?",
    "Quand Élodie Marchandeau a-t-elle inauguré le tramway ?",
    "Combien a coûté le chantier du tramway ?",
    "Combien de salariés la conserverie Delombre employait-elle ?",
    "La région a-t-elle financé les stations ?",
    "Pourquoi les pêcheurs ont-ils bloqué le chenal ?",
    "Où Bastien Korvel a-t-il présenté son projet de criée ?",
    "Que dit Élodie Marchandeau du tramway ?",
    "Qui parle d'un « conflit inutile » ?",
    "Une deuxième ligne va-t-elle ouvrir ?",
    "Quels bateaux n'ont pas pris la mer ?",
    "Qui est Bastien Korvel ?",
    "tramway Valmeur",
    "Elodie Marchandau a inauguré quoi ?",
    "Quel vaccin utilise-t-on à Valmeur ?",
    "Bonjour",
    "",
)
LANGUAGES: tuple[Language, ...] = ("fr", "en", "ru")


def answered(town: Generation, question: str, **more: object) -> Answer:
    """The answer to a question that has one."""
    reply = answer(town, question, **more)  # type: ignore[arg-type]
    assert isinstance(reply, Answer), reply
    return reply


def refused(town: Generation, question: str, **more: object) -> Abstention:
    """The refusal of a question that has no answer."""
    reply = answer(town, question, **more)  # type: ignore[arg-type]
    assert isinstance(reply, Abstention), reply
    return reply


def citations(reply: Reply) -> Iterator[Citation]:
    """Every citation of a reply."""
    first = reply.evidence if isinstance(reply, Answer) else (reply.nearest,)
    for citation in first:
        if citation is not None:
            yield citation
            yield from citation.also


def words(text: str) -> set[str]:
    """The folded words of a text."""
    return {fold(token.text) for token in tokenize(text)}


@cache
def template_words(language: Language) -> frozenset[str]:
    """The words that the template file holds."""
    file = resources.files("knowledge.answering.templates") / f"{language}.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(
        words(" ".join(text for section in table.values() for text in section.values()))
    )


def check(town: Generation, reply: Reply) -> None:
    """Hold a reply to what every reply keeps to."""
    for citation in citations(reply):
        article = town.article(citation.article)
        assert citation.quote == article.text[citation.start : citation.end]
        assert 0 < len(citation.quote) <= 300
        assert citation.quote == citation.quote.strip()
        assert 0 <= citation.score <= 1
        paragraph = article.paragraph_at(citation.start)
        assert (citation.paragraph, citation.kind) == (paragraph.number, paragraph.kind)
        assert (citation.title, citation.publisher) == (article.title, article.publisher)
        assert (citation.agency, citation.published) == (article.agency, article.published)
    assert 0 <= reply.confidence <= 1
    assert len(reply.suggestions) <= 2
    if isinstance(reply, Abstention):
        assert reply.message.strip()
        return
    assert 1 <= len(reply.evidence) <= 5
    assert 1 <= len(reply.headline) <= 240
    assert reply.headline == reply.headline.strip()
    assert "\n" not in reply.headline
    allowed = set(template_words(reply.language))
    for citation in citations(reply):
        allowed |= words(citation.quote)
        for resolved in citation.dates:
            allowed |= words(spell_date(resolved.date, reply.language))
    for note in reply.notes:
        allowed |= words(note)
    if reply.kind in ("brief", "compare"):  # names what is summed up, and its sources
        allowed |= words(reply.understood) | words(town.dossier.title)
        allowed |= {str(n) for n in range(1, len(town.dossier.articles) + 1)}
        for citation in citations(reply):
            allowed |= words(f"{citation.title} {citation.publisher} {citation.agency}")
            if citation.published:
                allowed |= words(spell_date(citation.published.isoformat(), reply.language))
    assert words(reply.headline) <= allowed
