"""Performs acts at a device of an invented force, where a test needs their outcome and not the dialogue."""

from typing import Any
from uuid import UUID

from exhibits_app.domain.show import iso
from exhibits_app.services import acts
from exhibits_app.services.act_shapes import Act, ScannedItem
from tests.support.force import Force


def acted(force: Force, kind: str, codes: list[str], seals: list[str | None] | None = None, **given: Any) -> list[str]:
    """One act by the property officer at a new device; gives each item's verdict. Raises AssertionError if refused."""
    device, _token = force.device()
    operator = force.turn(device, "property_officer")
    force.clock.move(seconds=1)
    items = tuple(
        ScannedItem(_id(force), code, seal) for code, seal in zip(codes, seals or [None] * len(codes), strict=True)
    )
    act = Act(
        id=_id(force),
        kind=kind,
        device_seq=1,
        occurred_at=given.pop("occurred_at", force.clock.at),
        items=items,
        content={"at": iso(force.clock.at)},
        operator=operator,
        **given,
    )
    verdict = acts.perform(force.services, device, [act])[0]
    assert verdict["error"] is None, verdict
    return [item["verdict"] for item in verdict["items"]]


def _id(force: Force) -> str:
    return str(UUID(force.services.ids.event_id()))
