"""The scan dialogue, case by case from the table that also drives the store-room page."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels import payload
from scanner import events as e
from scanner.batch import due_back
from scanner.session import Dialogue

CASES = json.loads((Path(__file__).parent / "dialogue.json").read_text("utf-8"))
CODES = sorted({step["in"]["code"] for case in CASES for step in case["steps"] if step["in"]["event"] == "code"})
NOW = 1_790_000_000  # 21 September 2026, UTC


def json_of(effects: list[e.Effect]) -> Any:
    return json.loads(json.dumps([e.effect_to_json(effect) for effect in effects]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_dialogue_does_what_the_table_says(case: Mapping[str, Any]) -> None:
    dialogue = Dialogue(**case.get("settings", {}))

    for step in case["steps"]:
        assert json_of(dialogue.take(e.event_from_json(step["in"]))) == step["out"]


def test_every_event_and_every_effect_of_the_vocabulary_stands_in_the_table() -> None:
    seen = {step["in"]["event"] for case in CASES for step in case["steps"]}
    done = {effect["effect"] for case in CASES for step in case["steps"] for effect in step["out"]}

    assert seen == set(e._EVENTS)
    assert done == set(e._EFFECTS.values())


def test_the_vocabulary_is_explained() -> None:
    text = (Path(__file__).parents[2] / "docs" / "scan-dialogue.md").read_text("utf-8")

    assert [word for word in [*e._EVENTS, *e._EFFECTS.values()] if f"| `{word}` |" not in text] == []


@given(st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from([0.5, 2.5])), max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_item_is_lost_whatever_the_order_of_the_scans(scans: list[tuple[str, float]]) -> None:
    """Every row that appeared is sent, taken back, dropped aloud, or still open; and no act is sent without items."""
    dialogue = Dialogue()
    badge = next(code for code in CODES if code.startswith("P"))
    dialogue.take(e.CodeRead(badge, NOW))
    dialogue.take(e.SignedIn(badge, "session-1", "PC 4521 Reyes"))
    at, rows, gone, sent, dropped = float(NOW + 10), 0, 0, 0, 0

    for code, wait in scans:
        at, before = at + wait, dialogue.open_items
        effects = dialogue.take(e.CodeRead(code, at))
        rows += sum(isinstance(effect, e.Row) for effect in effects)
        gone += sum(isinstance(effect, e.RowGone) for effect in effects)
        acts = [effect.act for effect in effects if isinstance(effect, e.Send)]
        assert all(act.items and act.operator for act in acts)
        sent += sum(len(act.items) for act in acts)
        if any(isinstance(effect, e.Say) and effect.message == "cancelled" for effect in effects):
            dropped += before

    assert rows == gone + sent + dropped + dialogue.open_items


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7", "2026-09-28T23:59"),
        ("3/12/2026", "2026-12-03T23:59"),
        ("2026-12-03 09:05", "2026-12-03T09:05"),
        ("30/2/2026", None),
        ("3/12", None),
        ("2026-12-03 24:00", None),
        ("tomorrow", None),
        ("٣", None),
        ("1" * 10_000, None),
    ],
)
def test_a_date_back_is_a_real_day_or_is_asked_for_again(typed: str, meant: str | None) -> None:
    assert due_back(typed, NOW) == meant


def test_a_batch_takes_five_hundred_items_and_says_when_it_is_full() -> None:
    dialogue = Dialogue()
    badge = next(code for code in CODES if code.startswith("P"))
    dialogue.take(e.CodeRead(badge, NOW))
    dialogue.take(e.SignedIn(badge, "session-1", "PC 4521 Reyes"))
    codes = [payload.issue(payload.CodeType.ITEM, lambda _, n=n: n.to_bytes(5, "big")) for n in range(501)]

    effects = [dialogue.take(e.CodeRead(code, NOW + 3 * n)) for n, code in enumerate(codes, 1)]

    assert dialogue.open_items == 500
    assert [effect.message for effect in effects[-1] if isinstance(effect, e.Say)] == ["batch_full"]
