"""The clock is set back two hours: what is scanned is recorded, told as odd, and nothing is lost or doubled."""

from exhibits_app.jobs.worker import run_once
from exhibits_app.services import health, ledger_levels, rebuild

from .conftest import Bench


def test_scans_after_the_clock_was_set_back_are_recorded_and_told_as_out_of_order(bench: Bench):
    services = bench.force.services
    bench.at(days=1)
    bench.operator = bench.turn("property_officer")
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    bench.at(minutes=5)
    assert run_once(services).raised
    bench.at(hours=-2)
    clock = next(check for check in health.look(services) if check.name == "clock")
    assert (clock.state, clock.says) == (
        health.State.RED,
        "2 hours behind what is on record; set it, or see who runs ahead",
    )

    moved = bench.verdicts(bench.act("MOVE", bench.codes[0], to=bench.force.place_code(bench.force.safe)))[0]
    again = run_once(services)
    bench.at(hours=3)

    assert moved["verdict"] == "recorded_with_discrepancy"
    assert "impossible move" in moved["sentence"]
    assert bench.chain_length(bench.items[0]) == 4
    assert again.raised == run_once(services).raised == 0
    assert not ledger_levels.verify(services).failed
    assert rebuild.rebuild(services, write=False).faults == []
