"""Labels printed again: why is said, and a second person authorises it where the force wants that."""

import pytest

from exhibits_app.domain.errors import AuthoriserIsActor, MissingValue, ReprintNotAuthorised, SecondNotSignedIn
from exhibits_app.services.reprints import Again
from exhibits_app.services.typed_acts import SignIn
from tests.support.force import PASSWORD, Force

from .test_label_life import chain, job, print_for


@pytest.fixture
def item(force: Force) -> int:
    return force.items(force.case())[0]


@pytest.mark.parametrize(
    ("again", "refusal"),
    [
        (None, MissingValue),
        (Again("damaged"), MissingValue),
        (Again("damaged", authoriser=SignIn("supervisor", "wrong")), SecondNotSignedIn),
        (Again("damaged", authoriser=SignIn("officer", PASSWORD)), AuthoriserIsActor),
        (Again("damaged", authoriser=SignIn("property_officer", PASSWORD)), ReprintNotAuthorised),
    ],
)
def test_a_reprint_says_why_and_is_authorised_by_a_second_person_where_the_force_wants_it(
    force: Force, item: int, again: Again | None, refusal: type[Exception]
) -> None:
    print_for(force, item, reprint_by_two=True)

    with pytest.raises(refusal):
        print_for(force, item, again=again, reprint_by_two=True)

    assert chain(force, item) == ["seize", "label"]


def test_who_authorised_a_reprint_stands_in_the_chain_and_on_the_printing(force: Force, item: int) -> None:
    print_for(force, item)

    printed = print_for(
        force, item, again=Again("lost", authoriser=SignIn("supervisor", PASSWORD)), reprint_by_two=True
    )

    view, supervisor = job(force, printed.job), force.person("supervisor")
    assert (view.authoriser, view.reason) == (supervisor.called, "The label is lost")
    with force.services.store.read() as work:
        event = work.ledger.events_of(item)[-1]
    assert (getattr(event.body, "authorised_by", None), event.envelope.reason) == (supervisor.ref, "The label is lost")
