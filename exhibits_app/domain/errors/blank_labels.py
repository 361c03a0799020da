"""Refusals of series of blank labels, and of the labels in them."""

from dataclasses import dataclass
from typing import ClassVar

from .labels import LabelRefusal
from .values import BadInput


@dataclass(eq=False)
class NotLabelNumbers(BadInput):
    """The numbers of labels cannot be read, or the series does not have them."""

    code: ClassVar[str] = "not_label_numbers"
    field: str
    most: int

    def sentence(self) -> str:
        return f"Enter numbers from 1 to {self.most:,}, like 34 or 5-12 or 3, 5-12."


class SeriesRefusal(LabelRefusal):
    """The series, or the account of its numbers, does not allow it."""

    code: ClassVar[str] = "series_refused"


@dataclass(eq=False)
class NumberStands(SeriesRefusal):
    """A number was accounted for and is not declared otherwise."""

    code: ClassVar[str] = "number_stands"
    numbers: str
    state: str
    wanted: str

    def sentence(self) -> str:
        many = not self.numbers.isdigit()
        are = f"Labels {self.numbers} are" if many else f"Label {self.numbers} is"
        only = "Only unused ones are declared lost" if self.wanted == "lost" else "Only unused or lost ones become void"
        return f"{are} {self.state}. {only}: leave {'them' if many else 'it'} out."


@dataclass(eq=False)
class NotAccountedFor(SeriesRefusal):
    """A series with unused labels is not closed."""

    code: ClassVar[str] = "not_accounted_for"
    series: int
    unused: str

    def sentence(self) -> str:
        return (
            f"Labels {self.unused} of series {self.series} are unused. Use them, or declare each void or lost; "
            "then close the series."
        )


@dataclass(eq=False)
class SeriesIsClosed(SeriesRefusal):
    """Nothing more is done with a series that was closed, but that a lost label of it is found."""

    code: ClassVar[str] = "series_is_closed"
    series: int

    def sentence(self) -> str:
        return f"Series {self.series} is closed. Order a new series."


@dataclass(eq=False)
class SeriesIsPrinted(SeriesRefusal):
    """A series is printed once: two labels with one number cannot be told apart."""

    code: ClassVar[str] = "series_is_printed"
    series: int

    def sentence(self) -> str:
        return f"Series {self.series} is printed already. Open its PDF again, or order a new series."


@dataclass(eq=False)
class LabelInUse(LabelRefusal):
    """The label is on an item already. `item` says on which."""

    code: ClassVar[str] = "label_in_use"
    printed: str
    item: str

    def sentence(self) -> str:
        return f"Label {self.printed} is already on {self.item}. Read the code on this bag again, or use another label."


@dataclass(eq=False)
class VoidLabel(LabelRefusal):
    """The blank label was declared void."""

    code: ClassVar[str] = "void_label"
    printed: str
    reason: str

    def sentence(self) -> str:
        return f"Label {self.printed} was declared void ({self.reason}). Destroy it and use another label."


@dataclass(eq=False)
class LostLabel(LabelRefusal):
    """The blank label was declared lost; paper that was out of sight is not trusted."""

    code: ClassVar[str] = "lost_label"
    printed: str
    reason: str

    def sentence(self) -> str:
        return (
            f"STOP: label {self.printed} was declared lost ({self.reason}). Put it aside with whatever bears it "
            "and tell a supervisor. Use another label."
        )


@dataclass(eq=False)
class ItemHasLabel(LabelRefusal):
    """An item whose label is live gets a blank one only after it was identified in two ways."""

    code: ClassVar[str] = "item_has_label"
    ref: str
    printed: str

    def sentence(self) -> str:
        return (
            f"{self.ref} has label {self.printed}. If that is damaged or gone, choose It lost its label on the item's "
            "page, or ask the store to: say there how you know the item, and which blank label you put on it."
        )
