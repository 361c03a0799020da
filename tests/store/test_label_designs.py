"""How labels look is kept in versions that nothing changes afterwards."""

import pytest

from exhibits_app.domain.errors import ChangedMeanwhile
from exhibits_app.domain.printing import JobState
from exhibits_app.services.ports.label_designs import Design
from exhibits_app.services.ports.printing import PrintJob, Scope
from exhibits_app.store import SqlStore

from .parts import NOON, an_account


def test_the_newest_version_of_each_subject_is_current_and_none_is_written_over(store: SqlStore):
    by = store.write(an_account).id
    first, second = (Design("template", number, f"{{{number}}}", NOON, by, "why") for number in (1, 2))
    other = Design("stock", 1, "{}", NOON, by, "")
    store.write(lambda work: [work.label_designs.add(one) for one in (first, second, other)])

    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.label_designs.add(second))

    with store.read() as work:
        assert work.label_designs.current("template") == second
        assert work.label_designs.current("nothing") is None
        assert work.label_designs.all("template") == [second, first]
        assert work.label_designs.all("stock") == [other]


def test_a_printing_remembers_the_version_that_it_was_drawn_by(store: SqlStore):
    by = store.write(an_account).id
    store.write(lambda work: work.print_jobs.add(PrintJob(0, "L7160", NOON, by, 3, "", JobState.SENT, template=7)))
    store.write(lambda work: work.print_jobs.add(PrintJob(0, "L7160", NOON, by, 3, "", JobState.SENT)))

    with store.read() as work:
        assert [job.template for job in work.print_jobs.listed(Scope(by), 0, 9)] == [0, 7]
