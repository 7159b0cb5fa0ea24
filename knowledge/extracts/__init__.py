"""The most telling extracts of articles: verbatim, able to stand alone, each saying its own.

Shared by answering and press. What makes an extract central: it holds the words that come back
all over the articles, those of the titles, and stands near the top, where the press says what
matters first. What makes a selection diverse: maximal marginal relevance, and the same wire story
is one extract with its twins.
"""

from knowledge.extracts.choosing import by_date, choose, cited, dates_in
from knowledge.extracts.news import events, raised
from knowledge.extracts.pieces import Extract, extracts
from knowledge.extracts.topics import Topic, coverage, held, words_of

__all__ = [
    "Extract",
    "Topic",
    "by_date",
    "choose",
    "cited",
    "coverage",
    "dates_in",
    "events",
    "extracts",
    "held",
    "raised",
    "words_of",
]
