"""The JSON objects of the command-line contract: plain dicts in the contract's key order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, assert_never

from bot.render.citation import Articles
from bot.render.plain import reply_text
from bot.texts import Texts
from knowledge.model import Abstention, Answer, Article, Citation, Hit, Passage, Reply

if TYPE_CHECKING:
    from knowledge.press.added import Added
    from knowledge.press.brief import Brief
    from knowledge.press.compare import Comparison
    from knowledge.press.coverage import Actor, Coverage
    from knowledge.press.timeline import Event
    from knowledge.press.verify import Verification
    from knowledge.press.who import Profile
    from knowledge.press.wires import Wires

_DIGITS = 4
"""Decimals of scores: more would differ between machines and say nothing."""


def reply_object(
    reply: Reply,
    generation_number: int,
    elapsed_ms: float,
    articles: Articles | None = None,
    added: "Added | None" = None,
) -> dict[str, Any]:
    """The answer object of `ask --json` and of batch."""
    match reply:
        case Answer():
            status, headline, reason = "answered", reply.headline, None
            evidence, nearest = reply.evidence, None
        case Abstention():
            status, headline, reason = "abstained", "", reply.reason
            evidence, nearest = (), reply.nearest
        case _:
            assert_never(reply)
    return {
        "question": reply.question,
        "language": reply.language,
        "understood": reply.understood,
        "kind": reply.kind,
        "status": status,
        "headline": headline,
        "evidence": [cited_object(citation) for citation in evidence],
        "nearest": None if nearest is None else cited_object(nearest),
        "confidence": round(reply.confidence, _DIGITS),
        "reason": reason,
        "missing": list(reply.missing),
        "notes": list(reply.notes),
        "corrections": [list(pair) for pair in reply.corrections],
        "suggestions": list(reply.suggestions),
        "text": reply_text(reply, articles),
        "generation": generation_number,
        "code": reply.code,
        "elapsed_ms": round(elapsed_ms, 3),
        "added": _added_object(added or {}),
    }


def _added_object(added: "Added") -> dict[str, Any]:
    """Article id -> what it alone prints beside the copy that it shares."""
    return {article: [cited_object(c) for c in cited] for article, cited in added.items()}


def cited_object(citation: Citation) -> dict[str, Any]:
    """CITED: a quote with its place and its source; the twins in "also" tell "same_wire"."""
    cited: dict[str, Any] = {
        "quote": citation.quote,
        "article": citation.article,
        "title": citation.title,
        "publisher": citation.publisher,
        "agency": citation.agency,
        "published": citation.published and citation.published.isoformat(),
        "url": citation.url,
        "paragraph": citation.paragraph,
        "kind": citation.kind,
        "start": citation.start,
        "end": citation.end,
        "score": round(citation.score, _DIGITS),
        "dates": [{"text": d.text, "date": d.date, "rule": d.rule} for d in citation.dates],
        "also": [
            cited_object(twin) | {"same_wire": bool(twin.same_wire)} for twin in citation.also
        ],
    }
    if citation.note is not None:
        cited["note"] = citation.note
    return cited


def hits_object(question: str, hits: Sequence[Hit], passages: Sequence[Passage]) -> dict[str, Any]:
    """The object of `search --json`: passages, best first."""
    return {
        "question": question,
        "hits": [
            {
                "article": passages[hit.passage].article,
                "paragraph": passages[hit.passage].paragraph,
                "start": passages[hit.passage].start,
                "end": passages[hit.passage].end,
                "score": round(hit.score, _DIGITS),
                "matched": list(hit.matched),
            }
            for hit in hits
        ],
    }


def selection_object(reply: Reply) -> dict[str, Any]:
    """The object of the select task: the evidence found in the given text, [] when none."""
    evidence = reply.evidence if isinstance(reply, Answer) else ()
    return {
        "evidence": [cited_object(citation) for citation in evidence],
        "confidence": round(reply.confidence, _DIGITS),
    }


def verification_object(found: "Verification") -> dict[str, Any]:
    """The object of `verify --json` and of the verify task of batch."""
    return {
        "quote": found.quote,
        "verdict": found.verdict,
        "sentences": [
            {
                "text": checked.text,
                "verdict": checked.verdict,
                "differences": [
                    {"kind": d.kind, "yours": d.yours, "source_text": d.source_text}
                    for d in checked.differences
                ],
                "evidence": [cited_object(citation) for citation in checked.evidence],
                "speaker": checked.speaker,
                "scope": checked.scope,
            }
            for checked in found.sentences
        ],
    }


def profile_object(found: "Profile") -> dict[str, Any]:
    """The object of `who --json`; `articles_read` where that is not the whole dossier."""
    return {
        "name": found.name,
        "aliases": list(found.aliases),
        "roles": list(found.roles),
        "statements": [
            {
                "kind": statement.kind,
                "speaker": statement.speaker,
                "certain": statement.certain,
                "evidence": [cited_object(citation) for citation in statement.evidence],
                "reported_by": [{"name": r.name, "how": r.how} for r in statement.relays],
            }
            for statement in found.statements
        ],
        "mentions": [cited_object(citation) for citation in found.mentions],
    } | ({} if found.read is None else {"articles_read": found.read})


def timeline_object(events: "Sequence[Event]") -> dict[str, Any]:
    """The object of `timeline --json`, oldest first."""
    return {
        "events": [
            {
                "date": event.date,
                "end": event.end,
                "certain": event.certain,
                "rule": event.rule,
                "text": event.text,
                "evidence": [cited_object(citation) for citation in event.evidence],
            }
            for event in events
        ]
    }


def wires_object(found: "Wires") -> dict[str, Any]:
    """The object of `wires --json`."""
    return {
        "groups": [
            {
                "agency": group.agency,
                "articles": list(group.articles),
                "pairs": [
                    {
                        "a": cited_object(pair.a),
                        "b": cited_object(pair.b),
                        "similarity": round(pair.similarity, _DIGITS),
                    }
                    for pair in group.pairs
                ],
                "added": _added_object(group.added),
            }
            for group in found.groups
        ],
        "independent": found.independent,
    }


def brief_object(found: "Brief", words: Texts) -> dict[str, Any]:
    """The object of `brief --json`; headings in the frame's language, "kind" the same in all."""
    return {
        "parts": [
            {
                "heading": words[f"brief.{part.heading}"],
                "kind": part.heading,
                "evidence": [cited_object(citation) for citation in part.evidence],
            }
            for part in found.parts
        ],
        "article": found.article,
        "coverage": coverage_object(found.coverage),
    }


def comparison_object(found: "Comparison") -> dict[str, Any]:
    """The object of `compare --json`; "relation" tells contradictions from later updates."""
    return {
        "subject": found.subject,
        "sources": [
            {
                "article": source.article,
                "evidence": [cited_object(citation) for citation in source.evidence],
            }
            for source in found.sources
        ],
        "differences": [
            {
                "kind": difference.kind,
                "sides": [cited_object(citation) for citation in difference.sides],
                "relation": difference.relation,
                "words": list(difference.words),
                "days": difference.days,
            }
            for difference in found.differences
        ],
        "missing": list(found.missing),
    }


def coverage_object(found: "Coverage") -> dict[str, Any]:
    """The key "coverage" of `sources --json` and `brief --json`."""
    return {
        "articles": found.articles,
        "first": found.first and found.first.isoformat(),
        "last": found.last and found.last.isoformat(),
        "undated": found.undated,
        "outlets": [{"name": o.name or None, "articles": o.articles} for o in found.outlets],
        "quoted": [_actor_object(actor) for actor in found.quoted],
        "spoken_of": [_actor_object(actor) for actor in found.spoken_of],
        "unheard": [spot.name for spot in found.unheard],
        "blind_spots": [
            {
                "name": spot.name,
                "mentions": spot.mentions,
                "articles": list(spot.articles),
                "reported": spot.reported,
            }
            for spot in found.unheard
        ],
    }


def _actor_object(actor: "Actor") -> dict[str, Any]:
    return {
        "name": actor.name,
        "articles": list(actor.articles),
        "quoted_in": list(actor.quoted_in),
    }


def article_object(article: Article) -> dict[str, Any]:
    """One entry of `sources --json`: the article without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "agency": article.agency,
        "authors": list(article.authors),
        "published": article.published and article.published.isoformat(),
        "published_from": article.published_from,
        "url": article.url,
        "language": article.language,
        "paragraphs": sum(p.kind == "body" for p in article.paragraphs),
        "captions": sum(p.kind == "caption" for p in article.paragraphs),
        "characters": len(article.text),
        "dropped": len(article.dropped),
        "note": article.note,
    }
