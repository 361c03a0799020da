"""Acts on pages, as tests of the services do them: a minute after what was before, and told from their outcome."""

from dataclasses import replace

from exhibits_app.services import happenings
from exhibits_app.services.typed_acts import NOBODY, Particulars, Second, SignIn
from tests.support.force import PASSWORD, Force


def signed(name: str) -> SignIn:
    return SignIn(name, PASSWORD)


def happen(force: Force, by: str, numbers, kind: str, second: Second = NOBODY, /, **given):
    """One act on a page, a minute after what was before; gives its verdicts."""
    force.clock.move(minutes=1)
    return happenings.happen(force.services, force.person(by), numbers, kind, Particulars(**given), second)


def done(force: Force, by: str, number: int, kind: str, second: Second = NOBODY, /, **given):
    """The same, for one item that is not refused; gives its state after."""
    (verdict,) = happen(force, by, [number], kind, second, **given)
    assert verdict.refusal is None, verdict.told
    return state(force, number)


def refused(force: Force, by: str, number: int, kind: str, second: Second = NOBODY, /, **given):
    """The same, for one item that is refused; gives the class of the refusal."""
    before = events(force, number)
    (verdict,) = happen(force, by, [number], kind, second, **given)
    assert verdict.refusal is not None, verdict.told
    assert events(force, number) == before
    return type(verdict.refusal)


def state(force: Force, number: int):
    """The item's state."""
    with force.services.store.read() as work:
        return work.items.find(number).exhibit


def events(force: Force, number: int):
    with force.services.store.read() as work:
        return work.ledger.events_of(number)


def person(force: Force, name: str) -> int:
    return force.people[name].id


def leave(force: Force, name: str) -> None:
    """The person has left: their account is closed."""

    def go(work):
        account = work.accounts.find(force.people[name].id)
        work.accounts.save(replace(account, person=replace(account.person, active=False)))

    force.services.store.write(go)
