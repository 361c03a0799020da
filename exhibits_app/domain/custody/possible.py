"""What can be done to an item now: every rule is tried with all that it could ask for, so only the state speaks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from ..errors import Refusal
from ..events import BoxRef
from ..exhibit import Exhibit
from ..laboratory import may_have_result, see_end
from ..people import PersonRef
from ..places import Place, PlaceKind, Suits
from .asked import Asked
from .dividing import may_be_divided_there, may_split
from .ending import HOLD_NAMES
from .naming import promote, relabel
from .wrong_item import still_away

SOMEBODY = PersonRef(-1, "somebody else")
SOMETHING = "something"
_OUTSIDE = {
    "SUBMIT": PlaceKind.CARRIER,
    "LAB_RECEIPT": PlaceKind.LAB,
    "COLLECT": PlaceKind.CARRIER,
    "TO_COURT": PlaceKind.COURT,
}


_OF_LABORATORY: dict[str, Callable[[Exhibit, Asked], object]] = {
    "RESULT": lambda exhibit, _asked: may_have_result(exhibit),
    "LAB_PARTS": may_be_divided_there,
    "WRONG_ITEM": lambda exhibit, _asked: still_away(exhibit, None, SOMETHING),
    "SEE_END": lambda exhibit, _asked: see_end(exhibit),
}


def is_possible(kind: str, exhibit: Exhibit, asked: Asked, decide: Callable[[str, Exhibit, Asked], object]) -> bool:
    """Whether an act of this kind could be done, were everything given that it needs. `decide` is the rules' own."""
    try:
        if kind == "SPLIT":
            may_split(exhibit, _given(kind, exhibit, asked))
        elif kind == "RELABEL":
            relabel(exhibit, _given(kind, exhibit, asked))
        elif kind == "PROMOTE":
            promote(exhibit, asked, SOMETHING, SOMEBODY, "UNK", exhibit.case)
        elif kind in _OF_LABORATORY:
            _OF_LABORATORY[kind](exhibit, asked)
        else:
            decide(kind, exhibit, _given(kind, exhibit, asked))
    except Refusal:
        return False
    return True


def _given(kind: str, exhibit: Exhibit, asked: Asked) -> Asked:
    later = asked.now + timedelta(days=1)
    return replace(
        asked,
        place=Place(-1, SOMETHING, _OUTSIDE.get(kind, PlaceKind.SHELF), -1, suits=frozenset(Suits)),
        receiver=SOMEBODY,
        witness=SOMEBODY,
        due_back=later,
        until=later,
        box=exhibit.box if kind == "TAKE_OUT" else BoxRef(-1, SOMETHING),
        hold=exhibit.holds[0].hold if exhibit.holds else next(iter(HOLD_NAMES)),
        method=asked.method or "restore",
        reason=SOMETHING,
        purpose=SOMETHING,
        submission=exhibit.cleared.submission if exhibit.cleared else SOMETHING,
        authority=SOMETHING,
        new_seal=SOMETHING,
        number=SOMETHING,
        counted=SOMETHING,
        made_safe_by=SOMETHING,
        present=SOMETHING,
        text=SOMETHING,
        identity=SOMETHING,
    )
