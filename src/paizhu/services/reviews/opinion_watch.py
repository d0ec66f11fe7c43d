"""Suggestions numbered in the words of an opinion become rows that can be counted, wherever the words were written."""

from collections.abc import Sequence

from paizhu.base.numbered import numbered
from paizhu.base.rows import Row, Values
from paizhu.base.text import folded
from paizhu.registers.review import REVIEW
from paizhu.registers.review_rows import SUGGESTION
from paizhu.services.desk import Desk
from paizhu.storage.journal import Act
from paizhu.storage.tables import table

_WRITTEN = ("save", "step")
"""Deeds of the officer himself; an old ledger brings its suggestions as it has them."""
_SAID = """
SELECT r.id, r.opinion_text, max(c.delta LIKE '%"opinion_text"%') FROM review_item r
JOIN journal_change c ON c.record_id = r.id AND c.kind = 'review_item' AND c.entry_id = ?
WHERE r.opinion_text IS NOT NULL GROUP BY r.id
"""
_LISTED = "SELECT 1 FROM journal_change WHERE entry_id = ? AND kind = 'review_item.suggestion' LIMIT 1"


def follow(act: Act, _: Desk) -> None:
    """List anew what the words of an opinion number when they changed, unless the list was written with them.

    A step lists them where none are listed yet: the words may have come with an old ledger.
    """
    if act.deed.kind not in _WRITTEN or act.deed.undoes is not None or act.execute(_LISTED, (act.entry,)).fetchone():
        return
    for review, words, changed in act.execute(_SAID, (act.entry,)).fetchall():
        wanted, standing = numbered(str(words)), _standing(act, review)
        if wanted and (changed or (act.deed.kind == "step" and not standing)):
            act.set_rows(REVIEW, review, SUGGESTION.key, suggested(standing, wanted))


def suggested(standing: Sequence[Row], wanted: Sequence[str]) -> list[Values]:
    """Return the rows for these words; one with the same words, else the same number, keeps what was answered."""
    by_words = {folded(str(row.values.get("words") or "")): row for row in standing}
    used: set[int] = set()
    made: list[Values] = []
    for number, words in enumerate(wanted, start=1):
        same = by_words.get(folded(words))
        if same is None:
            same = next((row for row in standing if row.values.get("number") == number), None)
        if same is None or same.id in used:
            made.append({"number": number, "words": words})
            continue
        used.add(same.id)
        made.append({**_kept(same), "number": number, "words": words})
    answered = [row for row in standing if row.id not in used and row.values.get("adopted")]
    return [*made, *map(_kept, answered)]


def _kept(row: Row) -> Values:
    return {**row.values, "id": row.id}


def _standing(act: Act, review: int) -> list[Row]:
    found = table(REVIEW, SUGGESTION.key)
    stored = act.execute(f"{found.select} WHERE parent_id = ? AND voided = 0 ORDER BY position, id", (review,))
    return [found.row(each) for each in stored.fetchall()]
