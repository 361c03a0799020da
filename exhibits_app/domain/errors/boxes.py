"""Refusals of boxes: what is shut, what is elsewhere, what holds a box up."""

from dataclasses import dataclass
from typing import ClassVar

from .custody import CustodyRefusal
from .register import RegisterRefusal


@dataclass(eq=False)
class BoxNameTaken(RegisterRefusal):
    """Another box is called that, whatever its letter case."""

    code: ClassVar[str] = "box_name_taken"
    name: str
    field = "name"

    def sentence(self) -> str:
        return f"There is already a box called {self.name}. Choose another name."


@dataclass(eq=False)
class BoxShut(CustodyRefusal):
    """Nothing goes into a closed box or comes out of one. `ref` is the item, `how` says how the box is shut."""

    code: ClassVar[str] = "box_shut"
    box: str
    how: str

    def sentence(self) -> str:
        return f"{self.box} is recorded as {self.how}. Scan OPEN and the box first, then {self.ref}."


@dataclass(eq=False)
class BoxElsewhere(CustodyRefusal):
    """What goes into a box is with whoever has the box."""

    code: ClassVar[str] = "box_elsewhere"
    where: str
    box: str
    box_where: str

    def sentence(self) -> str:
        return f"{self.ref} is recorded {self.where}, and {self.box} {self.box_where}. Bring one to the other first."


@dataclass(eq=False)
class BoxInItself(CustodyRefusal):
    """A box cannot be put into itself, nor into a box that lies in it."""

    code: ClassVar[str] = "box_in_itself"
    into: str

    def sentence(self) -> str:
        if self.ref == self.into:
            return f"{self.ref} cannot go into itself. Scan the box that it goes into."
        return f"{self.into} lies in {self.ref}, so {self.ref} cannot go into it. Take {self.into} out first."


@dataclass(eq=False)
class BoxHeldUp(CustodyRefusal):
    """A box is taken whole or not at all: an item in it stands in the way. `why` is the first item's own sentence."""

    code: ClassVar[str] = "box_held_up"
    why: str
    items: int

    def sentence(self) -> str:
        held = "an item" if self.items == 1 else f"{self.items} items"
        return f"{self.ref} cannot go with {held} in it, so nothing of it is recorded. {self.why.rstrip('.')}."


@dataclass(eq=False)
class BoxEmpty(CustodyRefusal):
    """An empty box is nobody's to hand over."""

    code: ClassVar[str] = "box_empty"

    def sentence(self) -> str:
        return f"Nothing is recorded in {self.ref}. Put items into it first, or scan the items themselves."


@dataclass(eq=False)
class NotInABox(CustodyRefusal):
    """What is in no box cannot be taken out of one."""

    code: ClassVar[str] = "not_in_a_box"

    def sentence(self) -> str:
        return f"{self.ref} is recorded in no box."


@dataclass(eq=False)
class NotForABox(CustodyRefusal):
    """This is done to items one by one."""

    code: ClassVar[str] = "not_for_a_box"
    command: str

    def sentence(self) -> str:
        return f"{self.command} is for items one by one, not for the whole of {self.ref}. Scan the items in it."


@dataclass(eq=False)
class NothingToCount(CustodyRefusal):
    """Contents are checked after a box was opened."""

    code: ClassVar[str] = "nothing_to_count"

    def sentence(self) -> str:
        return f"The contents of {self.ref} are not being checked. Scan OPEN and the box to begin."


@dataclass(eq=False)
class InnerBoxNotSeen(CustodyRefusal):
    """A box is not closed over another of which nobody knows whether it is in there. `ref` is the outer one."""

    code: ClassVar[str] = "inner_box_not_seen"
    inner: str

    def sentence(self) -> str:
        return (
            f"{self.inner} is recorded in {self.ref} and was not seen in it. Scan SIGHTING, {self.ref} and "
            f"{self.inner}; or TAKE OUT and {self.inner} if it is elsewhere."
        )
