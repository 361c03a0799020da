"""The rows of a block of items, as the store would have written them, made by the domain's own code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import column, table

from benchmarks.force.history import case_ref, history
from benchmarks.force.plan import ITEMS_A_CASE, ORIGIN, Plan, PlannedIds, Standing, case_of, code_of
from exhibits_app.domain.clocks import owed
from exhibits_app.domain.entry import ZERO
from exhibits_app.domain.fold import fold
from exhibits_app.domain.made import decisions_made
from exhibits_app.domain.policy import Policy
from exhibits_app.domain.words import words_of
from exhibits_app.services.ports import Held, NewEntry
from exhibits_app.services.recording import EntryWriter
from exhibits_app.store.item_row import narrow, wide
from exhibits_app.store.mapping import key_of, micros
from exhibits_app.store.repositories.also_due import rows_of as also_due_rows
from exhibits_app.store.repositories.decisions import row_of as decision_row
from exhibits_app.store.repositories.discrepancies import rows_of
from exhibits_app.store.repositories.item_words import told_of
from exhibits_app.store.rows import (
    also_due,
    case_file,
    decision_made,
    disclosure,
    entry,
    item,
    label,
    leaf,
    open_discrepancy,
    seal_use,
)

_WORDS, _CASE_WORDS = (table(name, column("number"), column("words")) for name in ("item_words", "case_words"))
# In the order in which rows refer to each other.
TABLES = (
    case_file, _CASE_WORDS, item, _WORDS, entry, disclosure, leaf, label, seal_use, open_discrepancy, decision_made,
    also_due,
)  # fmt: skip
COLUMNS = {one.name: tuple(one.c.keys()) for one in TABLES}
Rows = list[tuple[Any, ...]]


@dataclass(slots=True)
class Block:
    """Rows by table, in the order of COLUMNS, and the leaf hashes of the entries in the order of the log."""

    number: int
    items: int
    leaves: list[bytes]
    rows: dict[str, Rows] = field(default_factory=lambda: {one.name: [] for one in TABLES})


def block(plan: Plan, standing: Standing, policy: Policy, number: int) -> Block:
    """The block of this number, counted from 0. It depends on nothing but what is given."""
    numbers = plan.numbers(number)
    made = Block(number, len(numbers), [])
    entries: list[NewEntry] = []
    for case in range(case_of(numbers[0]), case_of(numbers[-1]) + 1):
        opened = _case(plan, standing, case)
        made.rows["case_file"].append(_row("case_file", opened))
        made.rows["case_words"].append((case, " ".join(words_of((opened["reference"], opened["title"])))))
    for one in numbers:
        entries += _item(made, plan, standing, policy, one)
    entries.sort(key=lambda new: (new.at, new.register_no, new.seq))
    for id_, new in enumerate(entries, plan.first_entry(numbers[0])):
        made.rows["entry"].append(
            (id_, new.register_no, new.seq, new.type, new.event_id, new.act_id, micros(new.at), new.leaf_hash, new.body)
        )
        made.rows["disclosure"].append((id_, "\n".join(new.disclosures)))
        made.rows["leaf"].append((id_ - 1, id_))
        made.leaves.append(new.leaf_hash)
    return made


def _item(made: Block, plan: Plan, standing: Standing, policy: Policy, number: int) -> list[NewEntry]:
    """The rows of an item; its entries, which are placed when those of the whole block are known."""
    chance = plan.chance(number)
    ids = PlannedIds(chance)
    events = history(plan, standing, number, chance)
    writer = EntryWriter(ids, ORIGIN)
    head, entries = ZERO, []
    for event in events:
        entries.append(writer.entry_of(event, head, (event.envelope.act, 1, 1)))
        head = entries[-1].leaf_hash.hex()
    exhibit = fold(events)
    held = Held(number, exhibit, len(events), head)
    of_case = _case(plan, standing, exhibit.case.id)
    owing = owed(exhibit, policy)
    columns = narrow(held, exhibit, owing) | wide(exhibit)
    same = {"register_no": number, "team_id": of_case["team_id"], "oic_id": of_case["oic_id"]}
    made.rows["item"].append(_row("item", columns | same))
    made.rows["item_words"].append((number, " ".join(words_of(told_of(exhibit)))))
    issued = {"code": code_of(number), "kind": "E", "subject": number, "state": "live"}
    made.rows["label"].append(_row("label", issued | {"issued_at": micros(events[1].envelope.recorded_at)}))
    seal = {"seal": exhibit.seal.number, "register_no": number, "used_at": micros(exhibit.seized_at)}
    made.rows["seal_use"].append(_row("seal_use", seal))
    for decision in decisions_made(events, lambda _at: policy):
        made.rows["decision_made"].append(
            _row("decision_made", {**decision_row(decision), "team_id": of_case["team_id"]})
        )
    made.rows["also_due"] += [_row("also_due", also) for also in also_due_rows(number, owing)]
    for doubt in rows_of(exhibit):
        made.rows["open_discrepancy"].append(_row("open_discrepancy", {**doubt, "team_id": of_case["team_id"]}))
    return entries


def _case(plan: Plan, standing: Standing, case: int) -> dict[str, Any]:
    ref = case_ref(plan, standing, case)
    return {
        "id": case,
        "reference": ref.reference,
        "reference_key": key_of(ref.reference),
        "title": f"Investigation {case}",
        "category": ref.category,
        "oic_id": ref.oic.id if ref.oic else None,
        "oic_name": ref.oic.name if ref.oic else "",
        "supervisor_id": standing.supervisor.id,
        "supervisor_name": standing.supervisor.name,
        "team_id": standing.teams[case % len(standing.teams)],
        "restricted": int(case % 200 == 0),
        "opened_at": micros(plan.seized((case - 1) * ITEMS_A_CASE + 1)),
        "opened_by": standing.supervisor.id,
    }


def _row(table: str, values: dict[str, Any]) -> tuple[Any, ...]:
    """The values by column; a column that is not named is null."""
    return tuple(map(values.get, COLUMNS[table]))
