"""The part of a state that the alert job reads starts the clocks that the whole state starts."""

import dataclasses

import msgspec
import pytest

from exhibits_app.domain.clocks import running
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.domain.policy import Policy
from exhibits_app.store.clocked_state import ClockedState, clocked_of
from exhibits_app.store.mapping import state_of
from tests.domain.exhibits import an_exhibit
from tests.domain.test_policy import EVENTS, TRANSIT, WORKING


@pytest.mark.parametrize("upto", range(len(EVENTS) + 1))
@pytest.mark.parametrize("policy", [WORKING, TRANSIT], ids=["working days", "transit"])
def test_its_clocks_are_those_of_the_whole(upto: int, policy: Policy) -> None:
    exhibit = an_exhibit(*EVENTS[:upto])

    assert running(clocked_of(state_of(exhibit)), policy) == running(exhibit, policy)


def test_what_is_not_there_is_what_the_whole_makes_of_it() -> None:
    whole = {one.name: one.default for one in dataclasses.fields(Exhibit)}
    part = {
        one.name: dataclasses.MISSING if one.default is msgspec.NODEFAULT else one.default
        for one in msgspec.structs.fields(ClockedState)
    }

    assert part == {name: whole[name] for name in part}
