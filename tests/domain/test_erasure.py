"""What may be erased of each kind of event, and whether a chain accounts for every value that is not there."""

from dataclasses import replace
from pathlib import Path

import pytest

from exhibits_app import verify
from exhibits_app.domain import disclosure
from exhibits_app.domain.canonical import canonical
from exhibits_app.domain.chain import Link
from exhibits_app.domain.entry import ZERO, build_entry, leaf_hash
from exhibits_app.domain.erasure import (
    ERASED,
    ErasedIsThere,
    ErasesNothing,
    ErasureFault,
    completed,
    erased_by,
    in_place_of,
    lacking,
    redacted,
)
from exhibits_app.domain.events import Body, Erased, from_facts, to_facts
from exhibits_app.domain.history import sentence
from exhibits_app.domain.ledger_faults import MalformedDisclosure
from exhibits_app.domain.show import iso
from tests.domain.exhibits import OKAFOR, REYES, an_event
from tests.domain.ledger_evidence import loose_files, run, zipped
from tests.domain.test_history import TOLD

STRUCTURE = {"id", "act", "occurred_at", "basis"}


def with_erased(body: Body) -> tuple[dict[str, object], dict[str, object]]:
    """The facts of an event of this body, before and after everything that can be erased is."""
    event = an_event(body, hours=4)
    event = replace(event, envelope=replace(event.envelope, witness=REYES, reason="Seen by Quillfeather"))
    facts = to_facts(event)
    return facts, {name: redacted(event.kind, name, value) for name, value in facts.items()}


@pytest.mark.parametrize("body", [body for body, _ in TOLD], ids=lambda body: type(body).__name__)
def test_an_event_of_any_kind_is_still_told_once_all_that_can_be_erased_of_it_is(body: Body) -> None:
    facts, left = with_erased(body)

    event = from_facts(1, 0, body.KIND, iso(an_event(body).envelope.recorded_at), left)

    told = sentence(event, "AB/1")
    own = {REYES.name} if isinstance(body, Erased) else set()  # Who erased others' values is not erased with them.
    assert [name for name in {OKAFOR.name, REYES.name, "Quillfeather"} - own if name in told] == []
    assert {name for name in STRUCTURE if left[name] != facts[name]} == set()
    assert event.envelope.actor.id == OKAFOR.id


@pytest.mark.parametrize("body", [body for body, _ in TOLD], ids=lambda body: type(body).__name__)
def test_an_event_that_lost_names_and_words_without_an_entry_is_still_read(body: Body) -> None:
    facts, left = with_erased(body)
    gone = {name for name in facts if left[name] != facts[name] and not isinstance(facts[name], dict)} | {"actor"}

    filled = completed(body.KIND, {name: value for name, value in facts.items() if name not in gone})

    assert from_facts(1, 0, body.KIND, "2026-05-04T09:00:00.000000Z", filled).envelope.actor.name == ERASED


def told_of(name: str, value: object) -> str:
    return disclosure.disclose(name, value, bytes(range(16)))


def chain_of(*entries: tuple[str, list[str]], kept: dict[int, list[str]] | None = None) -> list[Link]:
    """A chain of entries of these kinds with these disclosures, of which `kept` are handed over where it says so."""
    links: list[Link] = []
    for seq, (kind, told) in enumerate(entries):
        body = build_entry(
            at="2026-05-04T09:00:00.000000Z",
            det=[disclosure.digest(one) for one in told],
            ex=1,
            log="exhibits.example/log",
            prev=links[-1].leaf_hash.hex() if links else ZERO,
            seq=seq,
            type=kind,
        )
        links.append(Link(body, leaf_hash(body), (kept or {}).get(seq, told)))
    return links


NAME = told_of("seize.found_by", "Quillfeather")
POWER = told_of("seize.power", "PACE s.19")


def erasing(*texts: str) -> str:
    values = [{"digest": disclosure.digest(text), "kept": ERASED, "name": "seize.found_by", "seq": 0} for text in texts]
    return told_of("erase.erased", values)


def test_a_value_that_an_entry_says_was_erased_is_not_missing() -> None:
    links = chain_of(("seize", [NAME, POWER]), ("erase", [erasing(NAME)]), kept={0: [POWER]})

    found = lacking(links)

    assert (found.erased, found.missing) == (1, ())


def test_a_value_that_no_entry_speaks_of_is_missing() -> None:
    found = lacking(chain_of(("seize", [NAME, POWER]), kept={0: [POWER]}))

    assert (found.erased, found.missing) == (0, ((0, disclosure.digest(NAME)),))


def test_an_erased_value_that_is_there_is_a_fault() -> None:
    with pytest.raises(ErasedIsThere, match="was erased and is there again"):
        lacking(chain_of(("seize", [NAME, POWER]), ("erase", [erasing(NAME)])))


def test_an_entry_erases_only_what_an_earlier_entry_of_the_chain_promised() -> None:
    for entries in ((("seize", [POWER]), ("erase", [erasing(NAME)])), (("erase", [erasing(NAME)]), ("seize", [NAME]))):
        with pytest.raises(ErasesNothing):
            lacking(chain_of(*entries))


def test_a_list_in_another_kind_of_entry_erases_nothing() -> None:
    assert erased_by("seize", [erasing(NAME)]) == ()
    assert in_place_of([("seize", [NAME]), ("erase", [erasing(NAME)])]) == {0: {"seize.found_by": ERASED}}


@pytest.mark.parametrize(
    "value",
    [
        "all", [1], [{"digest": "ab" * 32, "name": "reason", "seq": 0}],
        [{"digest": "ab", "kept": "", "name": "reason", "seq": 0}],
        [{"digest": "ab" * 32, "kept": "", "name": "", "seq": 0}],
        [{"digest": "ab" * 32, "kept": "", "name": "reason", "seq": True}],
        [{"digest": "ab" * 32, "kept": "", "name": "reason", "seq": 0, "more": 1}],
    ],
)  # fmt: skip
def test_both_verifiers_refuse_a_list_of_another_form(value: object) -> None:
    with pytest.raises(MalformedDisclosure):
        erased_by("erase", [told_of("erase.erased", value)])
    with pytest.raises(verify.Failed):
        verify.read_erased(value, "here")


BROKEN = [
    chain_of(("seize", [NAME, POWER]), ("erase", [erasing(NAME)])),
    chain_of(("seize", [POWER]), ("erase", [erasing(NAME)])),
    chain_of(("erase", [erasing(NAME)]), ("seize", [NAME]), kept={1: []}),
]


@pytest.mark.parametrize("links", BROKEN, ids=["erased and there", "never promised", "promised later"])
def test_verify_py_fails_where_the_domain_finds_a_fault(links: list[Link], tmp_path: Path) -> None:
    code, levels = run(zipped(tmp_path, loose_files(*links)))

    assert (code, levels["L1"][0]) == (1, "FAIL")
    with pytest.raises(ErasureFault):
        lacking(links)


def test_verify_py_tells_what_was_erased_from_what_is_withheld(tmp_path: Path) -> None:
    links = chain_of(("seize", [NAME, POWER]), ("erase", [erasing(NAME)]), kept={0: []})

    _, levels = run(zipped(tmp_path, loose_files(*links)))

    assert levels["L1"] == ("PASS", "2 entries, 1 values disclosed, 1 erased on record, 1 withheld")


@pytest.mark.parametrize(
    ("listed", "why"),
    [([], "neither disclosed, erased nor listed"), ([POWER, NAME], "listed, and not lacking")],
)
def test_a_bundle_that_lists_what_is_withheld_lists_all_of_it_and_nothing_else(
    tmp_path: Path, listed: list[str], why: str
) -> None:
    links = chain_of(("seize", [NAME, POWER]), kept={0: [NAME]})
    lines = [
        canonical({"digest": disclosure.digest(one), "leaf": "ab" * 32, "name": "x", "reason": ""}) for one in listed
    ]
    files = loose_files(*links) | {"withheld.jsonl": b"".join(line + b"\n" for line in lines)}

    _, levels = run(zipped(tmp_path, files))

    assert levels["L1"][0] == "FAIL"
    assert why in levels["L1"][1]
