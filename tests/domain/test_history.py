"""History as it would be read out: one sentence for each kind of event."""

from datetime import UTC, datetime

import pytest

from exhibits_app.domain.events import (
    BODIES,
    Basis,
    Body,
    BookedIn,
    Decided,
    Erased,
    LabelActivated,
    Labelled,
    LabelVoided,
    Moved,
    Photographed,
    Reclassified,
    Sighted,
    SignedIn,
    SignedOut,
    Submitted,
)
from exhibits_app.domain.events.erasing import ErasedValue
from exhibits_app.domain.history import sentence
from tests.domain.bodies import SAID
from tests.domain.exhibits import CASE, LAB, OKAFOR, REYES, SHELF, an_event, seizure

DUE = datetime(2026, 5, 9, 9, 0, tzinfo=UTC)
AT = "at 14:00 on 4 May 2026 (scanned)"
TOLD: list[tuple[Body, str]] = [
    (seizure(), f"PC 4521 Reyes seized AB/1 at Mill Lane under PACE s.19, seal S100; registered by Okafor, {AT}"),
    (Labelled("E4KT922RMQ", "L7160"), f"Okafor printed label E4KT922RMQ for AB/1, {AT}"),
    (
        Labelled("E4KT922RMQ", "L7160", None, "series 12, label 34 of 100"),
        f"Okafor put blank label E4KT922RMQ (series 12, label 34 of 100) on AB/1, {AT}",
    ),
    (
        Labelled("E4KT922RMQ", "L7160", "E000000000"),
        f"Okafor printed label E4KT922RMQ for AB/1, which revoked label E000000000, {AT}",
    ),
    (
        Labelled("E4KT922RMQ", "L7160", "E000000000", awaits_scan=True, authorised_by=REYES),
        "Okafor printed label E4KT922RMQ for AB/1, to replace label E000000000 once it is scanned, "
        f"authorised by PC 4521 Reyes, {AT}",
    ),
    (
        LabelActivated("E4KT922RMQ", "E000000000"),
        f"Okafor confirmed label E4KT922RMQ of AB/1, which counts from now on; label E000000000 is revoked, {AT}",
    ),
    (LabelVoided("E4KT922RMQ"), f"Okafor voided label E4KT922RMQ of AB/1, which nobody had scanned, {AT}"),
    (
        Photographed("ab" * 32, "image/jpeg", 4000, 3000),
        f"Okafor added a photograph of AB/1 (4000 x 3000, SHA-256 abababababab...), {AT}",
    ),
    (BookedIn(SHELF.ref, "S100"), f"Okafor booked AB/1 into Ilford transit store, bay 2, seal S100, {AT}"),
    (Moved(SHELF.ref), f"Okafor moved AB/1 to Ilford transit store, bay 2, {AT}"),
    (
        SignedOut(REYES, "interview", DUE, "S100"),
        f"PC 4521 Reyes took AB/1 from Okafor for interview, due back 9 May 2026, seal S100, {AT}",
    ),
    (SignedIn(SHELF.ref), f"Okafor signed AB/1 in at Ilford transit store, bay 2, {AT}"),
    (
        Submitted(LAB.ref, "FS/1", "T. Lomax"),
        f"Okafor sent AB/1 to Northern Forensics under submission FS/1, authorised by T. Lomax, {AT}",
    ),
    (Sighted(SHELF.ref), f"Okafor sighted AB/1 at Ilford transit store, bay 2, {AT}"),
    (
        Decided("NOT_REQUIRED", "cost", "Not in dispute."),
        f"Okafor decided for AB/1: examination not required (cost): Not in dispute, {AT}",
    ),
    (Reclassified("BIO", CASE), f"Okafor recorded AB/1 as category BIO in 01AB/1/26 (violence), {AT}"),
    (
        Erased((ErasedValue(2, "ab" * 32, "reason", "[erased]"),), "Court order 7", REYES),
        f"Okafor erased from the record of AB/1 (reason, of entry 3) on the authority of Court order 7, "
        f"authorised by PC 4521 Reyes, {AT}",
    ),
    *((body, f"{said}, {AT}") for body, said in SAID),
]


@pytest.mark.parametrize(("body", "told"), TOLD, ids=lambda value: type(value).__name__)
def test_each_event_is_told_as_a_sentence(body: Body, told: str) -> None:
    event = an_event(body, hours=4, basis=Basis.ITEM_SCAN)

    assert sentence(event, "AB/1") == told


def test_every_kind_of_event_has_its_sentence_here() -> None:
    assert {type(body) for body, _ in TOLD} == set(BODIES.values())


def test_a_witness_and_a_reason_are_told() -> None:
    event = an_event(Moved(SHELF.ref), 4, witness=REYES, reason="fridge full", basis=Basis.MANUAL)

    told = sentence(event, "AB/1")

    assert ", witnessed by PC 4521 Reyes, because: fridge full, at 14:00" in told
    assert told.endswith("(entered by hand)")


def test_times_are_told_on_a_london_clock_in_winter_and_summer() -> None:
    winter = an_event(Moved(SHELF.ref), 0, actor=OKAFOR, occurred_at=datetime(2026, 1, 3, 14, 2, tzinfo=UTC))
    summer = an_event(Moved(SHELF.ref), 0, actor=OKAFOR, occurred_at=datetime(2026, 7, 3, 14, 2, tzinfo=UTC))

    assert "at 14:02 on 3 January 2026" in sentence(winter, "AB/1")
    assert "at 15:02 on 3 July 2026" in sentence(summer, "AB/1")
