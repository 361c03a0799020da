"""A draft statement: what one person did, in the first person, and nothing that is another's evidence."""

from datetime import timedelta

import pytest

from exhibits_app.domain.events import (
    Body,
    BookedIn,
    Corrected,
    Labelled,
    Mistake,
    Offered,
    Reseized,
    SealOpened,
    SignedOut,
)
from exhibits_app.domain.people import PersonRef
from exhibits_app.domain.statement import handlers, paragraphs
from tests.domain.exhibits import OKAFOR, REYES, SEIZED_AT, SHELF, an_event, seizure

DUE = SEIZED_AT + timedelta(days=3)
AMES = PersonRef(3, "DS 88 Ames")


def told(body: Body, who: PersonRef, **given: object) -> list[str]:
    """What the statement says of this event, without its time."""
    found = paragraphs([an_event(body, 1, **given)], "AB/1", who.id)
    return [one.text.removeprefix("At 11:00 on 4 May 2026 ") for one in found]


@pytest.mark.parametrize(
    ("body", "who", "given", "said"),
    [
        (seizure(), REYES, {"actor": REYES}, "I seized AB/1 at Mill Lane under PACE s.19, seal S100."),
        (seizure(), REYES, {}, "I seized AB/1 at Mill Lane under PACE s.19, seal S100; registered by Okafor."),
        (seizure(), OKAFOR, {}, "PC 4521 Reyes seized AB/1 at Mill Lane under PACE s.19, seal S100; registered by me."),
        (BookedIn(SHELF.ref, "S100"), OKAFOR, {}, "I booked AB/1 into Ilford transit store, bay 2, seal S100."),
        (SignedOut(REYES, "court", DUE), REYES, {}, "I took AB/1 from Okafor for court, due back 7 May 2026."),
        (
            SignedOut(REYES, "court", DUE),
            OKAFOR,
            {},
            "PC 4521 Reyes took AB/1 from me for court, due back 7 May 2026.",
        ),
        (
            SignedOut(REYES, "court", DUE, joint=AMES),
            AMES,
            {},
            "PC 4521 Reyes and I took AB/1 from Okafor for court, due back 7 May 2026.",
        ),
        (Offered(REYES), REYES, {}, "Okafor offered AB/1 to me."),
        (Offered(REYES), OKAFOR, {}, "I offered AB/1 to PC 4521 Reyes."),
        (Reseized(REYES, "PACE s.19"), REYES, {"actor": REYES}, "I seized AB/1 again under PACE s.19."),
        (
            SealOpened("S100"),
            OKAFOR,
            {"witness": AMES, "reason": "to count it."},
            "I opened AB/1, seal S100, in the presence of DS 88 Ames, because: to count it.",
        ),
        (SealOpened("S100"), AMES, {"witness": AMES}, "I was present and saw this: Okafor opened AB/1, seal S100."),
    ],
)
def test_the_handler_says_it_in_the_first_person(
    body: Body, who: PersonRef, given: dict[str, object], said: str
) -> None:
    assert told(body, who, **given) == [said]


@pytest.mark.parametrize("body", [Labelled("E4KT922RM7", "L7160"), Corrected("x", Mistake.NOTHING)])
def test_what_is_done_to_the_record_alone_is_no_evidence_of_a_handler(body: Body) -> None:
    assert told(body, OKAFOR) == []


def test_what_somebody_else_did_is_not_in_it() -> None:
    assert told(BookedIn(SHELF.ref), AMES) == []


def test_handlers_are_all_who_did_or_attested_something_by_name() -> None:
    events = [
        an_event(seizure(), actor=REYES),
        an_event(BookedIn(SHELF.ref), 2, witness=AMES),
        an_event(Labelled("E4KT922RM7", "L7160"), 3, actor=PersonRef(9, "Clerk")),
    ]

    assert [(one.person.name, one.events) for one in handlers(events)] == [
        ("DS 88 Ames", 1),
        ("Okafor", 1),
        ("PC 4521 Reyes", 1),
    ]
