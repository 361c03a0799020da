"""Refusals of importing a previous system's items, and of plans for grading them in."""

from dataclasses import dataclass
from typing import ClassVar

from .values import BadInput


@dataclass(eq=False)
class GradingInThePast(BadInput):
    """A portion cannot have been graded in before anybody planned it."""

    code: ClassVar[str] = "grading_in_the_past"
    field: str

    def sentence(self) -> str:
        return "Enter a date and time from now on for the first portion."


@dataclass(eq=False)
class GradingTooLate(BadInput):
    """A plan that begins in a year exempts everything until then."""

    code: ClassVar[str] = "grading_too_late"
    field: str
    days: int

    def sentence(self) -> str:
        return f"Enter a date within {self.days} days for the first portion: no stock is put off any longer."


@dataclass(eq=False)
class GradingTooSlow(BadInput):
    """So few a week would exempt what comes last."""

    code: ClassVar[str] = "grading_too_slow"
    field: str
    items: int
    weeks: int
    least: int

    def sentence(self) -> str:
        return f"All {self.items:,} items must be graded in within {self.weeks} weeks. Enter {self.least:,} or more."


@dataclass(eq=False)
class NothingToGrade(BadInput):
    """There is no legacy stock whose day is still to come."""

    code: ClassVar[str] = "nothing_to_grade"
    field: str

    def sentence(self) -> str:
        return "No legacy stock of this team waits to be graded in. Choose another team."


@dataclass(eq=False)
class SheetUnreadable(BadInput):
    """The file is not a spreadsheet that can be read. `why` says what is wrong with it."""

    code: ClassVar[str] = "sheet_unreadable"
    field: str
    why: str

    def sentence(self) -> str:
        return f"The file cannot be read: {self.why}. Save it as .xlsx or .csv (UTF-8) with one row of headings."


@dataclass(eq=False)
class ColumnsMissing(BadInput):
    """A spreadsheet lacks columns that every item needs. `missing` names them."""

    code: ClassVar[str] = "columns_missing"
    field: str
    missing: str

    def sentence(self) -> str:
        return f"The spreadsheet has no column for: {self.missing}. Name its heading, like --column seized='Date in'."


@dataclass(eq=False)
class TwiceInSheet(BadInput):
    """Two rows of a spreadsheet say the same of what can be only once. `what` is like "the seal S100"."""

    code: ClassVar[str] = "twice_in_sheet"
    field: str
    what: str
    row: int

    def sentence(self) -> str:
        return f"{self.what[:1].upper()}{self.what[1:]} stands in row {self.row} as well. Correct one of the two."


@dataclass(eq=False)
class NobodyOfThatName(BadInput):
    """Who is named is nobody known here, or more than one. `who` is what is written."""

    code: ClassVar[str] = "nobody_of_that_name"
    field: str
    who: str

    def sentence(self) -> str:
        return f"{self.who} is not the number or sign-in name of one person. Add them, or name a stand-in (--officer)."


@dataclass(eq=False)
class UnknownHere(BadInput):
    """A row names something that this register does not have. `what` is like "place", `name` what is written."""

    code: ClassVar[str] = "unknown_here"
    field: str
    what: str
    name: str

    def sentence(self) -> str:
        return f"There is no {self.what} called {self.name} here. Add it first, or correct the row."
