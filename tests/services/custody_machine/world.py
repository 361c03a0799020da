"""What the machine acts in: a force with one device, three items and the people who handle them."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from exhibits_app.domain.custody import RULES
from exhibits_app.services import acts
from exhibits_app.services.act_shapes import Act
from tests.support.force import Force

# Custody as hands change it comes up more often than the rest.
OFTEN = ("BOOK_IN", "MOVE", "SIGN_OUT", "SIGN_IN", "SUBMIT", "LAB_RETURN", "OFFER", "ACCEPT", "AUTHORISE_DISPOSAL")
KINDS = (*sorted(RULES), *OFTEN)
DECISIONS = ("SUBMIT", "NOT_REQUIRED", "UNSUITABLE", "DEFER", "EXAMINE_IN_HOUSE")
PLACES = ("shelf", "safe", "far_store", "lab", "carrier", "court")
PEOPLE = ("property_officer", "officer", "supervisor", "inspector")
CATEGORIES = ("DIG", "CASH", "NON")
PLACE_OF = {"COLLECT": "carrier", "SUBMIT": "lab", "LAB_RECEIPT": "lab", "TO_COURT": "court"}
QUANTITY = 40
ITEMS = st.integers(0, len(CATEGORIES) - 1)


@dataclass
class World:
    """A force with a device, and what was sent from it."""

    force: Force
    sent: list[Act] = field(default_factory=list)
    answered: list[dict[str, Any]] = field(default_factory=list)
    scans: set[str] = field(default_factory=set)
    parts: list[int] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        force = self.force
        case = force.case(category="volume")
        self.items = [
            number for category in CATEGORIES for number in force.items(case, category=category, quantity=QUANTITY)
        ]
        self.item_codes = force.labels(self.items)
        self.places = {name: force.place_code(getattr(force, name)) for name in PLACES}
        self.badges = {name: force.badge(name) for name in PEOPLE}
        self.device, _token = force.device()
        self.turns = {name: force.turn(self.device, name) for name in PEOPLE}

    def send(self, act: Act) -> dict[str, Any]:
        self.scans |= {item.scan for item in act.items}
        return acts.perform(self.force.services, self.device, [act])[0]
