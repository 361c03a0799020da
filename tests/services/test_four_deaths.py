"""Four invented deaths in fifteen months: every silence is on the board the day after its deadline."""

from datetime import UTC, datetime, timedelta

from exhibits_app.domain.clocks import DECIDING, ClockKind
from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.months import Month
from exhibits_app.services import board, deciding, decision_reports, rebuild
from exhibits_app.services.ports import ItemLine, Sort
from exhibits_app.services.typed_acts import Second
from tests.support.acted import acted
from tests.support.force import START, Force
from tests.support.typed import done, person, signed

SHEET_DUE = START - timedelta(hours=1) + timedelta(days=3)  # A bed sheet's time to decide, from its seizure.


def standing(force: Force, kind: ClockKind) -> list[int]:
    """What the board shows as overdue by this clock, the longest overdue first."""
    wanted = ItemLine(of_custody=kind not in DECIDING, kind=kind.value)
    shown = board.overdue(force.services, force.person("submissions"), wanted)
    return [row.item.exhibit.register_no for row in shown.rows]


def refused_for_cost(force: Force, month: Month) -> list[int]:
    """What the report of the month says was refused for cost."""
    wanted = decision_reports.Wanted(month, Sort.COST)
    report = decision_reports.page(force.services, force.person("auditor"), wanted)
    return [line.made.register_no for line in report.lines]


def on_the_day_after(force: Force, kind: ClockKind, item: int, due: datetime) -> None:
    """The clock goes to the deadline, when the silence is on no board, and to the day after, when it is."""
    force.clock.at = due
    assert item not in standing(force, kind)
    force.clock.move(days=1)
    assert item in standing(force, kind)


def death(force: Force, at: datetime, number: int, **seized: str) -> list[int]:
    """A death at this time with an exhibit of each category, by description; gives their register numbers."""
    force.clock.at = at
    case = force.case(reference=f"01AB/{number}/26", title=f"Sudden death {number}")
    return [
        force.items(case, category=category.replace("_", "-"), description=description, seal=f"S{number}{at}")[0]
        for at, (category, description) in enumerate(seized.items())
    ]


def book_in(force: Force, *items: int) -> None:
    assert set(acted(force, "BOOK_IN", force.labels(list(items)), to=force.place_code(force.safe))) == {"recorded"}


def recommend(force: Force, item: int, role: str, adviser: str, examination: str) -> None:
    owner = force.people["inspector"].id
    advice = deciding.Advice(role, adviser, examination, owner)
    deciding.recommend(force.services, force.person("coroners_officer"), item, advice)


def decide(force: Force, item: int, decision: str, reason: str = "", until: datetime | None = None) -> None:
    choice = Choice(decision, reason, "As the review of the scene says." if reason else "", until=until)
    deciding.decide(force.services, force.person("inspector"), item, choice)


def a_sheet_is_recommended_and_forgotten(force: Force) -> int:
    """The first death: a glass is decided about; nobody says anything about the sheet."""
    sheet, glass = death(force, START, 1, DTH_BED="Bed sheet", BIO="Drinking glass")
    book_in(force, sheet, glass)
    decide(force, glass, "EXAMINE_IN_HOUSE", "examined-in-house")
    force.clock.move(days=1)
    recommend(force, sheet, "pathologist", "Dr Sorrel", "Semen and blood on the sheet")
    on_the_day_after(force, ClockKind.DECISION, sheet, SHEET_DUE)
    return sheet


def a_note_is_never_sent(force: Force) -> tuple[int, int]:
    """The second death: a note is to be submitted and is not; what was recommended for the pyjamas is not answered."""
    seized = datetime(2026, 9, 7, 20, tzinfo=UTC)
    note, pyjamas = death(force, seized, 2, DTH_DOC="Note from the kitchen table", NON="Pyjamas")
    book_in(force, note, pyjamas)
    decide(force, note, "SUBMIT")
    recommend(force, pyjamas, "csm", "CSM Thorne", "Fibres")
    on_the_day_after(force, ClockKind.RECOMMENDATION, pyjamas, force.clock.at + timedelta(days=2))
    on_the_day_after(force, ClockKind.SUBMISSION, note, seized + timedelta(days=7, hours=-1))
    return note, pyjamas


def a_phone_is_deferred_and_offered(force: Force) -> tuple[int, int]:
    """The third death: nobody takes the phone nor decides when it was put off to; the charger stays in a drawer."""
    seized = datetime(2027, 2, 8, 3, tzinfo=UTC)
    phone, charger = death(force, seized, 3, DTH_DIG="Phone", NON="Charger")
    decide(force, phone, "DEFER", "awaiting-information", seized + timedelta(days=3))
    book_in(force, phone)
    officer, back = Second(receiver=signed("officer")), seized + timedelta(days=30)
    done(force, "property_officer", phone, "SIGN_OUT", officer, purpose="examination", due_back=back)
    done(force, "officer", phone, "OFFER", receiver=person(force, "other"))
    offered = force.clock.at
    on_the_day_after(force, ClockKind.BOOK_IN, charger, seized + timedelta(hours=23))
    on_the_day_after(force, ClockKind.HANDOVER, phone, offered + timedelta(days=1))
    on_the_day_after(force, ClockKind.DECISION, phone, seized + timedelta(days=3))
    return phone, charger


def a_laptop_is_refused_for_cost(force: Force) -> tuple[int, int]:
    """The fourth death: the laptop is decided about; the swab's bag was opened and never sealed again."""
    laptop, swab = death(force, datetime(2027, 8, 2, 12, tzinfo=UTC), 4, DIG="Laptop", BIO="Swab")
    book_in(force, laptop)
    decide(force, laptop, "NOT_REQUIRED", "cost")
    decide(force, swab, "SUBMIT")
    done(force, "officer", swab, "OPEN", reason="Photograph the tip.")
    on_the_day_after(force, ClockKind.OPEN_SEAL, swab, force.clock.at + timedelta(hours=12))
    return laptop, swab


def test_every_silence_of_four_deaths_is_on_the_board_and_no_decision_is(force: Force) -> None:
    sheet = a_sheet_is_recommended_and_forgotten(force)
    note, pyjamas = a_note_is_never_sent(force)
    phone, charger = a_phone_is_deferred_and_offered(force)
    laptop, swab = a_laptop_is_refused_for_cost(force)

    assert refused_for_cost(force, Month(2027, 8)) == [laptop]
    assert refused_for_cost(force, Month(2027, 7)) == []
    recommend(force, sheet, "coroner", "HM Coroner", "The same again")
    with force.services.store.read() as work:
        assert work.items.find(sheet).due_at == SHEET_DUE
    assert standing(force, ClockKind.DECISION) == [sheet, phone]
    force.clock.move(days=300)
    overdue = board.overdue(force.services, force.person("submissions"), ItemLine()).rows
    assert {row.item.exhibit.register_no for row in overdue} == {sheet, note, pyjamas, phone, charger, swab}
    assert rebuild.rebuild(force.services, write=False).faults == []
