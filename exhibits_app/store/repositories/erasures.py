"""Erasing values, in SQL: from the disclosures, and from what was told of them elsewhere."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, literal_column, select, text, update

from ...domain import disclosure as disclosures
from ...services.ports import StoredEntry
from ..mapping import micros, to_json
from ..rows import (
    act,
    disclosure,
    entry,
    photo,
    scan_log,
    scan_picture,
    submission,
    submission_note,
    submission_version,
)
from ..sql import Session, Statement
from .ledger import stored


def _rewritten(table: Table, keys: Sequence[str]) -> Any:
    which = and_(*(table.c[key] == bindparam(f"this_{key}") for key in keys))
    return update(table).where(which).values(written=bindparam("new_written"))


_LINES = Statement(
    select(disclosure.c.entry_id, disclosure.c.encoded)
    .join(entry, entry.c.id == disclosure.c.entry_id)
    .where(entry.c.register_no == bindparam("register_no"))
)
_REPLACE = Statement(
    update(disclosure).where(disclosure.c.entry_id == bindparam("of_entry")).values(encoded=bindparam("left"))
)
# The type is written out, not bound, so that the planner sees that the partial index covers it.
_ENTRIES = Statement(
    select(
        entry.c.id, entry.c.register_no, entry.c.seq, entry.c.type, entry.c.event_id, entry.c.act_id,
        entry.c.leaf_hash, entry.c.body, disclosure.c.encoded,
    )
    .join(disclosure, disclosure.c.entry_id == entry.c.id)
    .where(entry.c.type == literal_column("'erase'"), entry.c.id > bindparam("after"))
    .order_by(entry.c.id)
    .limit(bindparam("limit"))
)  # fmt: skip
_RETELL = Statement(
    update(scan_log).where(scan_log.c.scan == bindparam("of_scan")).values(sentence=bindparam("new_sentence"))
)
_ANSWER = Statement(select(act.c.answer).where(act.c.id == bindparam("id")))
_REANSWER = Statement(update(act).where(act.c.id == bindparam("of_act")).values(answer=bindparam("new_answer")))
_MERGE = Statement(text("INSERT INTO item_words (item_words) VALUES ('optimize')"))
_PHOTOS = Statement(select(photo.c.id, photo.c.facts).where(photo.c.register_no == bindparam("register_no")))
_REPHOTO = Statement(update(photo).where(photo.c.id == bindparam("of_photo")).values(facts=bindparam("new_facts")))


_FORMS = (
    (submission, ("number",)),
    (submission_version, ("number", "version")),
)
_FORM = tuple(
    (Statement(select(table).where(table.c.number == bindparam("number"))), keys, Statement(_rewritten(table, keys)))
    for table, keys in _FORMS
)
_NOTES = Statement(
    select(submission_note.c.id, submission_note.c.words).where(submission_note.c.number == bindparam("number"))
)
_RENOTE = Statement(
    update(submission_note).where(submission_note.c.id == bindparam("of_note")).values(words=bindparam("new_words"))
)
_THESE = and_(scan_picture.c.register_no == bindparam("register_no"), scan_picture.c.at <= bindparam("until"))
_PICTURES = Statement(select(scan_picture.c.sha256).where(_THESE).distinct())
_DROP_PICTURES = Statement(delete(scan_picture).where(_THESE))
_STILL_NAMED = Statement(
    select(scan_picture.c.scan)
    .where(scan_picture.c.sha256 == bindparam("sha256"))
    .union_all(select(photo.c.facts).where(photo.c.facts.contains(bindparam("sha256"))))
)


class SqlErasures:
    """Implements the Erasures port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def erase(self, register_no: int, digests: Collection[str]) -> int:
        """Delete the disclosures of the item that have these digests; how many there were."""
        erased = 0
        for row in self._session.all(_LINES, register_no=register_no):
            lines = row.encoded.split("\n")
            left = ["" if line and disclosures.digest(line) in digests else line for line in lines]
            if left != lines:
                self._session.run(_REPLACE, of_entry=row.entry_id, left="\n".join(left))
                erased += sum(one != other for one, other in zip(lines, left, strict=True))
        return erased

    def merge_words(self) -> None:
        """Write SQLite's index of words anew as one: until then it keeps words that no item has any more."""
        self._session.run(_MERGE)

    def entries(self, after: int = 0, limit: int = 1_000) -> list[StoredEntry]:
        """Every `erase` entry of the ledger, by the number of its row, those after `after`."""
        return [stored(row) for row in self._session.all(_ENTRIES, after=after, limit=limit)]

    def retell(self, event_id: str, act_id: str, sentence: str) -> None:
        """What was answered about the event, in the scan log and to the device, is this sentence from now on."""
        self._session.run(_RETELL, of_scan=event_id, new_sentence=sentence)
        written = self._session.value(_ANSWER, id=act_id)
        if written is None:
            return
        answer = json.loads(written)
        items = [one | {"sentence": sentence} if one["scan"] == event_id else one for one in answer["items"]]
        self._session.run(_REANSWER, of_act=act_id, new_answer=to_json(answer | {"items": items}))

    def reword_forms(self, numbers: Collection[int], reword: Callable[[object], object]) -> None:
        """What these submissions say, now and as authorised, and what was noted of them."""
        for number in sorted(numbers):
            for find, keys, rewrite in _FORM:
                for row in self._session.all(find, number=number):
                    form = json.loads(row.written)
                    if (left := reword(form)) != form:
                        this = {f"this_{key}": getattr(row, key) for key in keys}
                        self._session.run(rewrite, new_written=to_json(left), **this)
            for row in self._session.all(_NOTES, number=number):
                if (words := reword(row.words)) != row.words:
                    self._session.run(_RENOTE, of_note=row.id, new_words=words)

    def drop_pictures(self, register_no: int, until: datetime) -> tuple[str, ...]:
        """No picture of the item's scans until then is on record; those that nothing points to now."""
        taken = [row.sha256 for row in self._session.all(_PICTURES, register_no=register_no, until=micros(until))]
        if taken:
            self._session.run(_DROP_PICTURES, register_no=register_no, until=micros(until))
        return tuple(one for one in taken if self._session.value(_STILL_NAMED, sha256=one) is None)

    def recaption(self, register_no: int, sha256: str, caption: str) -> None:
        """The photograph of the item has this caption from now on."""
        for row in self._session.all(_PHOTOS, register_no=register_no):
            facts = json.loads(row.facts)
            if facts["sha256"] == sha256:
                self._session.run(_REPHOTO, of_photo=row.id, new_facts=to_json(facts | {"caption": caption}))
