"""Search engines that anybody can install, all given the same terms by our one analyzer.

What is compared is the engine, so none of them tokenizes: each gets the stems of a passage as a
list, and of a question the same. Each finds the ten best of all passages by BM25, k1 .9, b .75,
or the nearest that it lets be set.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from knowledge.retrieval.bm25 import K1, B, Column, ColumnBM25, PositiveBM25
from knowledge.retrieval.memory import Index, SearchTerm

Terms = Sequence[str]


class Engine(Protocol):
    """Indexes passages once, then finds the best of them again and again."""

    def build(self, passages: Iterable[Terms], folder: Path, /) -> None:
        """Indexes the passages; what is kept on disk goes into the folder."""

    def search(self, question: Terms, k: int) -> Sequence[int]:
        """The numbers of the k best passages, best first."""


class Ours:
    """The memory engine over its stem field alone: what the others are given."""

    def build(self, passages: Iterable[Terms], _folder: Path) -> None:
        """Indexes the passages."""
        from array import array

        column = Column()
        for terms in passages:
            column.add(terms)
        size = len(column.lengths)
        prior = memoryview(array("d", [1.0]) * size).cast("B").cast("d")
        self.index = Index({"stems": ColumnBM25(column).postings()}, prior)

    def search(self, question: Terms, k: int) -> Sequence[int]:
        """The numbers of the k best passages."""
        terms = tuple(SearchTerm("stems", ((stem, 1.0),)) for stem in question)
        return [hit.passage for hit in self.index.rank(terms, k)]


class RankBM25:
    """rank_bm25, which scores every passage for every term."""

    def build(self, passages: Iterable[Terms], _folder: Path) -> None:
        """Indexes the passages."""
        self.scorer = PositiveBM25(list(passages))

    def search(self, question: Terms, k: int) -> Sequence[int]:
        """The numbers of the k best passages."""
        scores = self.scorer.get_scores(question)
        found: list[int] = (-scores).argsort(kind="stable")[:k].tolist()
        return found


class BM25S:
    """bm25s: scores worked out at indexing, in a sparse matrix."""

    def build(self, passages: Iterable[Terms], _folder: Path) -> None:
        """Indexes the passages."""
        import bm25s

        self.engine: Any = bm25s.BM25(k1=K1, b=B, method="lucene")
        self.engine.index([list(terms) or [""] for terms in passages], show_progress=False)
        self.size = len(self.engine.scores["indptr"])

    def search(self, question: Terms, k: int) -> Sequence[int]:
        """The numbers of the k best passages."""
        if not question:
            return []
        asked = [list(question)]
        found, _ = self.engine.retrieve(asked, k=k, show_progress=False, n_threads=0)
        best: list[int] = found[0].tolist()
        return best


class FTS5:
    """SQLite's full-text index, in a file; its k1 and b are fixed at 1.2 and .75."""

    def build(self, passages: Iterable[Terms], folder: Path) -> None:
        """Indexes the passages."""
        self.db = sqlite3.connect(folder / "fts5.db")
        self.db.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(terms, content='',"
            " tokenize='unicode61 remove_diacritics 0')"
        )
        rows = ((number, " ".join(terms)) for number, terms in enumerate(passages))
        with self.db:
            self.db.executemany("INSERT INTO passages(rowid, terms) VALUES (?, ?)", rows)

    def search(self, question: Terms, k: int) -> Sequence[int]:
        """The numbers of the k best passages."""
        wanted = " OR ".join('"' + term.replace('"', "") + '"' for term in dict.fromkeys(question))
        if not wanted:
            return []
        found = self.db.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?", [wanted, k]
        )
        return [number for (number,) in found]


class Tantivy:
    """tantivy, a search engine in Rust; its k1 and b are fixed at 1.2 and .75."""

    def build(self, passages: Iterable[Terms], folder: Path) -> None:
        """Indexes the passages."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        builder.add_unsigned_field("number", stored=True)
        self.schema = builder.build()
        place = folder / "tantivy"
        place.mkdir()
        self.index = tantivy.Index(self.schema, path=str(place))
        writer = self.index.writer(heap_size=100_000_000, num_threads=1)
        for number, terms in enumerate(passages):
            document = tantivy.Document()
            document.add_text("terms", " ".join(terms))
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.tantivy: Any = tantivy

    def search(self, question: Terms, k: int) -> Sequence[int]:
        """The numbers of the k best passages."""
        query = self.tantivy.Query
        wanted = [
            (self.tantivy.Occur.Should, query.term_query(self.schema, "terms", term, "freq"))
            for term in dict.fromkeys(question)
        ]
        hits = self.searcher.search(query.boolean_query(wanted), k, count=False).hits
        return [self.searcher.doc(address)["number"][0] for _, address in hits]


class Xapian:
    """Xapian, a search engine in C++, in a folder."""

    def build(self, passages: Iterable[Terms], folder: Path) -> None:
        """Indexes the passages."""
        import xapian

        place = str(folder / "xapian")
        writer = xapian.WritableDatabase(place, xapian.DB_CREATE_OR_OVERWRITE)
        for terms in passages:
            document = xapian.Document()
            for term in terms:
                document.add_term(term.encode()[:240])
            writer.add_document(document)
        writer.commit()
        writer.close()
        self.xapian: Any = xapian
        self.db = xapian.Database(place)

    def search(self, question: Terms, k: int) -> Sequence[int]:
        """The numbers of the k best passages."""
        asked = self.xapian.Enquire(self.db)
        asked.set_weighting_scheme(self.xapian.BM25Weight(K1, 0, 1, B, 0))
        terms = [term.encode()[:240] for term in question]
        asked.set_query(self.xapian.Query(self.xapian.Query.OP_OR, terms))
        return [match.docid - 1 for match in asked.get_mset(0, k)]


ENGINES: dict[str, tuple[type[Engine], str | None]] = {
    "dossier": (Ours, None),
    "rank_bm25": (RankBM25, None),
    "bm25s": (BM25S, "bm25s"),
    "SQLite FTS5": (FTS5, None),
    "tantivy": (Tantivy, "tantivy"),
    "Xapian": (Xapian, "xapian"),
}
"""Name -> (engine, the package that it needs and that the extra `[bench]` installs)."""

OURS = "dossier"


def installed() -> tuple[str, ...]:
    """The engines that can be measured here, ours first."""
    return tuple(
        name
        for name, (_, package) in ENGINES.items()
        if package is None or find_spec(package) is not None
    )
