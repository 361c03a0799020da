"""Whose turn it is at the device that asks, for what is not a scan."""

from ..current import device, services
from ..domain.errors import OperatorSessionEnded
from ..domain.people import Person
from ..services.devices import turn_at


def turn_now(session: str) -> Person:
    """The person of a live turn at this device. Raises NoOperator, OperatorSessionEnded."""
    with services().store.read() as work:
        turn = turn_at(services(), work, device(), session)
    # A scan may be sent late and count; whoever does this is there now.
    if turn.session.ended_at is not None or services().clock.now() > turn.session.expires_at:
        raise OperatorSessionEnded
    return turn.person
