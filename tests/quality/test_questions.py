"""The questions are well made: provable, varied, and too hard for plain BM25."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from rank_bm25 import BM25Okapi

from knowledge.corpus import load, passages
from knowledge.evaluation import QUOTE, EvalQuestion, holds, load_questions, score
from knowledge.language.terms import analyze
from knowledge.model import Answer, Article, Citation, Dossier, Passage
from tests.quality.sets import BUILT_IN, FOLDERS, OWN, QuestionSet, near_misses

EVERY_SET = pytest.mark.parametrize("own", OWN, ids=lambda own: own.name)


@cache
def dossier_of(own: QuestionSet) -> Dossier:
    """The set's dossier, read once."""
    return load(own.folder)


def stated(question: EvalQuestion, article: Article) -> Iterator[str]:
    """The stretches of one to three sentences of a paragraph that hold all that is expected."""
    for first, sentence in enumerate(article.sentences):
        for last in article.sentences[first : first + 3]:
            text = article.text[sentence.start : last.end]
            fits = last is sentence or len(text) <= QUOTE
            if last.paragraph == sentence.paragraph and fits and holds(question.expect, text):
                yield text


def unstated(questions: Iterable[EvalQuestion], dossier: Dossier) -> list[tuple[str, str, str]]:
    """The questions, with the source, that no article or no stretch of it answers."""
    return [
        (question.id, question.question, source)
        for question in questions
        for source in question.sources
        for found in [[a for a in dossier.articles if a.id.startswith(source)]]
        if len(found) != 1 or not any(stated(question, found[0]))
    ]


@EVERY_SET
def test_every_source_states_what_is_expected(own: QuestionSet) -> None:
    """Each source of a question is one article, and a short stretch of it holds the answer."""
    assert unstated(load_questions(own.questions), dossier_of(own)) == []


@EVERY_SET
def test_the_mix_of_questions(own: QuestionSet) -> None:
    """Forty questions to answer, refusals, follow-ups, other languages and words run together."""
    questions = load_questions(own.questions)
    answerable = [question for question in questions if not question.refuse]
    assert len(answerable) >= (50 if own == BUILT_IN else 40)
    assert len(questions) - len(answerable) >= (16 if own == BUILT_IN else 12)
    assert sum(bool(question.history) for question in answerable) >= 5
    assert sum("?" not in question.question for question in answerable) >= 5
    assert sum(not re.search("[а-я]", question.question) for question in questions) < len(questions)
    kinds = {question.kind for question in questions}
    assert {"when", "many", "why", "quote", "yesno", "list", "two", "alias", "typo"} <= kinds
    assert len({(q.question, q.history) for q in questions}) == len(questions)


@EVERY_SET
def test_a_third_share_few_words_with_their_passage(own: QuestionSet) -> None:
    """A third of the answerable questions share under half of their terms with the passage."""
    dossier = dossier_of(own)
    texts = {article.id: article.text for article in dossier.articles}
    found = [(p.article, texts[p.article][p.start : p.end]) for p in passages(dossier)]

    def share(question: EvalQuestion) -> float:
        terms = set(analyze(question.question))
        held = [
            len(terms & set(analyze(text))) / max(len(terms), 1)
            for article_id, text in found
            if article_id.startswith(question.sources) and holds(question.expect, text)
        ]
        return max(held, default=0.0)

    answerable = [q for q in load_questions(own.questions) if not q.refuse]
    assert sum(share(question) < 0.5 for question in answerable) >= len(answerable) / 3


class PlainBM25:
    """What anybody writes in an afternoon: Okapi on lower().split(), the sentence that overlaps."""

    def __init__(self, dossier: Dossier) -> None:
        self.articles = {article.id: article for article in dossier.articles}
        self.passages = passages(dossier)
        self.index = BM25Okapi([self._words(passage) for passage in self.passages])

    def _words(self, passage: Passage) -> list[str]:
        text = self.articles[passage.article].text
        return text[passage.start : passage.end].lower().split()

    def answer(self, question: EvalQuestion) -> Answer:
        """The overlapping sentence of the best passage, as headline and as quote."""
        asked = question.question.lower().split()
        scores = list(self.index.get_scores(asked))
        passage = self.passages[scores.index(max(scores))]
        article = self.articles[passage.article]
        sentences = [
            article.text[s.start : s.end]
            for s in article.sentences
            if passage.start <= s.start < passage.end
        ]
        quote = max(sentences, key=lambda text: len(set(asked) & set(text.lower().split())))
        cited = Citation(
            quote, article.id, article.title, None, None, None, None, 1, "body", 0, len(quote)
        )
        text = question.question
        return Answer(text, text, "fr", "what", quote[:240], (cited,), 0.5, "-")


@EVERY_SET
def test_plain_bm25_answers_at_most_55_percent(own: QuestionSet) -> None:
    """A set that rank_bm25 alone answers is too easy: at most 55 % of its answers are right."""
    plain = PlainBM25(dossier_of(own))
    questions = load_questions(own.questions)
    replies = {question.id: plain.answer(question) for question in questions}
    total = score(questions, replies, plain.articles.__getitem__).total
    assert total.right <= 0.55 * total.answerable


def test_invented_dossiers_have_five_to_eight_articles_of_200_to_350_words() -> None:
    """Each invented dossier has five to eight articles of the length of a press article."""
    for name, folder in FOLDERS.items():
        articles = load(folder).articles
        assert 5 <= len(articles) <= 8, name
        lengths = {article.id: len(article.text.split()) for article in articles}
        assert {i: n for i, n in lengths.items() if not 180 <= n <= 400} == {}, name


def test_near_misses_come_in_pairs() -> None:
    """Near misses: 120 pairs and more on the four dossiers, one half of each can be answered."""
    found = near_misses()
    assert {name for name, _ in found} == set(FOLDERS)
    assert sum(question.refuse for _, question in found) >= 120
    assert sum(question.refuse for _, question in found) * 2 == len(found)
    for own in OWN:
        questions = [question for name, question in found if name == own.name]
        asked = {question.question for question in load_questions(own.questions)}
        assert unstated(questions, dossier_of(own)) == []
        assert [q.question for q in questions if q.question in asked] == []
