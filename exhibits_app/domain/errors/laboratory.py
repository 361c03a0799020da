"""Refusals of what a laboratory is said to have found, made, or sent back."""

from dataclasses import dataclass
from typing import ClassVar

from .custody import CustodyRefusal
from .values import BadInput


@dataclass(eq=False)
class NeverExamined(CustodyRefusal):
    """A result needs an item that was sent to a laboratory, or that somebody else was decided to examine."""

    code: ClassVar[str] = "never_examined"

    def sentence(self) -> str:
        return (
            f"{self.ref} was never sent to a laboratory, nor was it decided that somebody else examines it. Look up "
            "the item that the report is about, or record that decision first."
        )


@dataclass(eq=False)
class ResultOnRecord(CustodyRefusal):
    """The same result of the same report is recorded once."""

    code: ClassVar[str] = "result_on_record"
    report: str

    def sentence(self) -> str:
        return f"That result of report {self.report} is on record for {self.ref} already. There is nothing more to do."


@dataclass(eq=False)
class NothingUsedUp(CustodyRefusal):
    """Only of what was used up in examination can somebody say that they have seen it."""

    code: ClassVar[str] = "nothing_used_up"

    def sentence(self) -> str:
        return f"{self.ref} is not recorded as used up in examination. Look at its page again."


@dataclass(eq=False)
class EndIsSeen(CustodyRefusal):
    """Somebody has seen it already."""

    code: ClassVar[str] = "end_is_seen"
    by: str

    def sentence(self) -> str:
        return f"{self.by} has seen already that {self.ref} was used up. There is nothing more to do."


@dataclass(eq=False)
class NotWithLaboratory(CustodyRefusal):
    """A laboratory makes parts of what it has or had."""

    code: ClassVar[str] = "not_with_laboratory"

    def sentence(self) -> str:
        return f"{self.ref} was never with a laboratory. Use “Take parts from it” for what the force divides."


@dataclass(eq=False)
class ThatIsTheItem(CustodyRefusal):
    """The wrong item is another one than the item that was expected."""

    code: ClassVar[str] = "that_is_the_item"

    def sentence(self) -> str:
        return f"That is {self.ref} itself, which was expected. Record it as back from the laboratory."


@dataclass(eq=False)
class ReportDateUnfit(BadInput):
    """The date of a report lies between the seizure and now."""

    code: ClassVar[str] = "report_date_unfit"
    field: str

    def sentence(self) -> str:
        return "Enter the date on the report, like 28/11/2026, between the seizure and today."
