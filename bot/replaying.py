"""An answer given again: the same, or what changed in the dossier since."""

import hashlib
from dataclasses import dataclass

from bot.state.replies import Edition, Told
from knowledge.answering import answer
from knowledge.generation import Generation
from knowledge.model import Answer, Article, Reply


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of the articles that differ between two states of a dossier, in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A reply then and now; `changes` is None when the dossier's state then is forgotten."""

    told: Told
    now: Reply
    dossier_changed: bool
    changes: Changes | None

    @property
    def same(self) -> bool:
        """Whether a reader is told the same, with the same quotes."""
        return essence(self.told.reply) == essence(self.now)


def replay(told: Told, then: Edition | None, generation: Generation) -> Replayed:
    """The question asked again, as it was asked, of the dossier as it is now."""
    terms = told.terms
    now = answer(
        generation,
        told.question,
        history=terms.history,
        language=terms.language,
        limits=terms.limits,
        exclude=frozenset(terms.exclude),
        today=terms.today,
    )
    changed = told.digest != generation.digest
    changes = None if then is None else changes_between(then, edition_of(generation))
    return Replayed(told, now, changed, changes)


def edition_of(generation: Generation) -> Edition:
    """The state of the dossier in few words; worked out once a generation."""
    return generation.once(
        "edition",
        lambda: Edition(
            generation.digest, {a.id: fingerprint(a) for a in generation.dossier.articles}
        ),
    )


def fingerprint(article: Article) -> str:
    """Twelve letters that stand for all that an answer shows of an article."""
    shown = (
        article.title, article.publisher, article.agency, article.authors, article.published,
        article.url, article.language, article.note, article.text,
    )  # fmt: skip
    return hashlib.blake2s(repr(shown).encode("utf-8", "replace"), digest_size=6).hexdigest()


def changes_between(then: Edition, now: Edition) -> Changes:
    """What was added, changed and removed from one state to the other."""
    old, new = then.articles, now.articles
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(name for name in new.keys() & old.keys() if new[name] != old[name])),
        tuple(sorted(old.keys() - new.keys())),
    )


def essence(reply: Reply) -> tuple[object, ...]:
    """What a reader is told: the words, and each quote with its article."""
    if isinstance(reply, Answer):
        return reply.headline, tuple((c.quote, c.article) for c in reply.evidence)
    near = reply.nearest
    return reply.message, reply.reason, near and (near.quote, near.article)
