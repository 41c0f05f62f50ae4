"""The grams of all entries in tantivy: the entries that share most of theirs with one that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

from tantivy import (
    Document,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    TextAnalyzerBuilder,
    Tokenizer,
)

from graphintel.errors import DiskFull
from graphintel.resolve.candidates.grams import UNVOWELLED, sought, sought_unvowelled, total

_HEAP = 96_000_000
# An entry of few grams that are all shared stands before one of many: up to eight times, from this weight on less.
_PULL, _SMALL = 8.0, 240.0
# Ties are broken by the id, which lies in a part of the weight that no two sums of grams differ by.
_TIE = 1 / 512
# A question has its heaviest grams; the others are in too many names to be worth their time.
_ASKED = 28
# A share of strong consonants only says less than one of all sounds.
_APART = 0.7


class Fuzzy:
    """The index of grams in a folder; one program may write it, others read it meanwhile."""

    def __init__(self, folder: Path, *, write: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = Index(self._schema, str(folder))
        self._index.register_tokenizer("words", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        # One thread: what is written in the same order lies in the same order.
        self._writer: IndexWriter | None = self._index.writer(_HEAP, 1) if write else None
        if self._writer is not None:
            # A commit that was killed leaves files behind whose names the same commit, done again, needs.
            self._writer.garbage_collect_files()
        self._folder = folder

    def __len__(self) -> int:
        return self._index.searcher().num_docs

    @property
    def last(self) -> int:
        """The highest row that is in the index, 0 for none."""
        found = self._index.searcher().search(Query.all_query(), 1, count=False, order_by_field="row").hits
        return int(found[0][0]) if found else 0

    def rows(self) -> list[int]:
        """The rows of all that is in the index, also of a commit that did not reach the keys."""
        searcher = self._index.searcher()
        hits = searcher.search(Query.all_query(), max(len(self), 1), count=False).hits
        found = searcher.fast_field_values("row", [address for _, address in hits])
        return [int(row) for row in found if row is not None]

    def put(self, row: int, name: str, grams: dict[str, int], held: int) -> None:
        """Add the grams of an entry under its row; `held`: the number of its set of markings."""
        document = Document()
        document.add_unsigned("row", row)
        document.add_unsigned("held", held)
        document.add_float("pull", _pull(name, total(grams.values())))
        document.add_text("grams", " ".join(grams))
        self._written(document)

    def _written(self, document: Document) -> None:
        assert self._writer is not None
        try:
            self._writer.add_document(document)
        except (OSError, ValueError) as error:
            raise _told(error, self._folder) from error

    def drop(self, rows: Sequence[int]) -> None:
        """Take the grams of some rows out, if there are any; what is put from now on stays."""
        assert self._writer is not None
        if rows:
            # By query: deletion by term finds no unsigned number.
            self._writer.delete_documents_by_query(Query.term_set_query(self._schema, "row", list(rows)))

    def commit(self) -> None:
        """Make what was put and dropped durable."""
        assert self._writer is not None
        try:
            self._writer.commit()
        except (OSError, ValueError) as error:
            raise _told(error, self._folder) from error
        self._index.reload()

    def reload(self) -> None:
        """See what was committed since, by this program or another."""
        self._index.reload()

    def find(
        self, grams: dict[str, int], limit: int, held: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Rows with the share of the grams that they have; `held`: the marking sets of which they have one."""
        if held is not None and not held:
            return []
        found = self._search(sought(grams), limit, held)
        # Names with vowels are nearer to each other than to one without: those are looked for apart.
        apart = self._search(sought_unvowelled(grams), limit // 2, held, only=UNVOWELLED)
        for row, share in apart.items():
            found[row] = max(_APART * share, found.get(row, 0.0))
        return list(found.items())

    def _search(
        self, grams: dict[str, int], limit: int, held: Sequence[int] | None, only: str = ""
    ) -> dict[int, float]:
        chosen = sorted(grams.items(), key=lambda one: (-one[1], one[0]))[:_ASKED]
        if not chosen:
            return {}
        must = []
        if held is not None:
            must.append(Query.const_score_query(Query.term_set_query(self._schema, "held", list(held)), 0.0))
        if only:
            must.append(self._term(only, 0))
        query = Query.boolean_query([(Occur.Should, self._term(text, weight)) for text, weight in chosen])
        if must:
            query = Query.boolean_query([(Occur.Must, one) for one in (*must, query)])
        searcher = self._index.searcher()
        hits = searcher.search(query, limit, count=False, weight_by_field="pull").hits
        rows = searcher.fast_field_values("row", [address for _, address in hits])
        most = _PULL * total(weight for _, weight in chosen)
        return {int(row): score / most for row, (score, _) in zip(rows, hits, strict=True) if row is not None}

    def _term(self, text: str, weight: int) -> Query:
        term = Query.term_query(self._schema, "grams", text, "basic")
        return Query.const_score_query(term, float(weight))

    def close(self) -> None:
        """Give up what is not committed, and wait until no thread writes any more."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer.wait_merging_threads()
            self._writer = None


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    builder.add_unsigned_field("held", indexed=True)
    builder.add_float_field("pull", fast=True)
    builder.add_text_field("grams", tokenizer_name="words", index_option="basic")
    return builder.build()


def _pull(name: str, weight: int) -> float:
    """The value by which tantivy multiplies a score with log2(2 + value): less for more grams, never twice the same."""
    tie = int.from_bytes(blake2b(name.encode(), digest_size=4).digest(), "big") / 2**32
    times = max(1.0, _PULL * (_SMALL / max(_SMALL, weight)) ** 0.5) * (1 - tie * _TIE)
    return max(float(2**times - 2), 0.0)


def _told(error: Exception, folder: Path) -> Exception:
    if "no space left" in str(error).lower() or "file too large" in str(error).lower():
        return DiskFull(
            f"The disk of the side index in {folder} is full; make room and run the same command again."
        )
    return error
