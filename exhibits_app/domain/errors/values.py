"""Refusals of values that cannot be understood or are out of bounds."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


class BadInput(Refusal):
    """A value sent by a person or a program is missing, malformed or out of bounds.

    `field` names the form field or JSON member that it belongs to.
    """

    code: ClassVar[str] = "bad_input"
    field: str


@dataclass(eq=False)
class MissingValue(BadInput):
    """A value that must be given was not."""

    code: ClassVar[str] = "missing_value"
    field: str
    what: str

    def sentence(self) -> str:
        return f"Enter {self.what}."


@dataclass(eq=False)
class NumberTooLarge(BadInput):
    """A number is larger than any that is kept or could be."""

    code: ClassVar[str] = "number_too_large"
    field: str = "number"

    def sentence(self) -> str:
        return "A number in this is larger than any that is kept. Check the numbers and send it again."


@dataclass(eq=False)
class TooLong(BadInput):
    """Text is longer than the register keeps."""

    code: ClassVar[str] = "too_long"
    field: str
    what: str
    limit: int
    length: int

    def sentence(self) -> str:
        what = self.what[:1].upper() + self.what[1:]
        return f"{what} must be {self.limit:,} characters or fewer; this is {self.length:,}. Shorten it."


@dataclass(eq=False)
class UnprintableText(BadInput):
    """Text holds control characters or characters that reorder what is shown around them."""

    code: ClassVar[str] = "unprintable_text"
    field: str
    what: str

    def sentence(self) -> str:
        what = self.what[:1].upper() + self.what[1:]
        return f"{what} holds invisible control characters. Type it again by hand."


@dataclass(eq=False)
class NotANumber(BadInput):
    """A number was expected, within bounds."""

    code: ClassVar[str] = "not_a_number"
    field: str
    what: str
    low: int
    high: int

    def sentence(self) -> str:
        return f"Enter {self.what} as a whole number from {self.low:,} to {self.high:,}."


@dataclass(eq=False)
class BadTime(BadInput):
    """A date or time cannot be read."""

    code: ClassVar[str] = "bad_time"
    field: str
    what: str

    def sentence(self) -> str:
        return f"Enter {self.what} as a date and time, like 21 November 2026 at 14:30."


@dataclass(eq=False)
class BadDate(BadInput):
    """A date cannot be read."""

    code: ClassVar[str] = "bad_date"
    field: str
    what: str

    def sentence(self) -> str:
        return f"Enter {self.what} as a date, like 28/11/2026."


@dataclass(eq=False)
class NotAChoice(BadInput):
    """The value is not one of those offered."""

    code: ClassVar[str] = "not_a_choice"
    field: str
    what: str

    def sentence(self) -> str:
        return f"Choose {self.what} from the list."


@dataclass(eq=False)
class NobodyIsCalled(BadInput):
    """Nobody who works here has this number or name."""

    code: ClassVar[str] = "nobody_is_called"
    field: str
    said: str

    def sentence(self) -> str:
        return f"Nobody here is called “{self.said}”. Enter a collar or staff number, or the name as it is written."


@dataclass(eq=False)
class SeveralAreCalled(BadInput):
    """What was typed fits several people; `found` names some of them."""

    code: ClassVar[str] = "several_are_called"
    field: str
    said: str
    found: tuple[str, ...]

    def sentence(self) -> str:
        return f"Several people fit “{self.said}”: {', '.join(self.found)}. Enter the collar or staff number."


@dataclass(eq=False)
class AlreadyAcknowledged(BadInput):
    """Somebody acknowledged the deadline, and that has not ended."""

    code: ClassVar[str] = "already_acknowledged"
    field: str
    by: str
    until: str

    def sentence(self) -> str:
        return f"{self.by} acknowledged this deadline until {self.until}. Wait until then, or decide."


@dataclass(eq=False)
class TooMany(BadInput):
    """More things at once than are taken in one go. `what` is like "items"."""

    code: ClassVar[str] = "too_many"
    field: str
    what: str
    most: int

    def sentence(self) -> str:
        return f"Send at most {self.most:,} {self.what} at once, and the rest after them."


@dataclass(eq=False)
class SecondNotSignedIn(BadInput):
    """The second person of an act did not prove who they are. `who` is like "the witness"."""

    code: ClassVar[str] = "second_not_signed_in"
    field: str
    who: str

    def sentence(self) -> str:
        return f"The sign-in name or password of {self.who} is wrong. They must enter their own, here."


@dataclass(eq=False)
class UnclassifiedExempt(BadInput):
    """Leaving a category open must never gain time."""

    code: ClassVar[str] = "unclassified_exempt"
    field: str

    def sentence(self) -> str:
        return "Enter days to decide and to submit for what is not yet classified: it is never exempt."


@dataclass(eq=False)
class CategoryExempt(BadInput):
    """What has no time limit at all is forgotten."""

    code: ClassVar[str] = "category_exempt"
    field: str
    category: str

    def sentence(self) -> str:
        return (
            f"Enter days to decide, to submit or to review for {self.category}: what has no limit at all is forgotten."
        )


@dataclass(eq=False)
class PolicyInThePast(BadInput):
    """Time limits are never changed for days that have passed: what was overdue then stays so."""

    code: ClassVar[str] = "policy_in_the_past"
    field: str

    def sentence(self) -> str:
        return "Enter a date and time from now on: time limits are not changed for the past."


@dataclass(eq=False)
class BadDays(BadInput):
    """A list of days holds something that is no date. `text` is what it is."""

    code: ClassVar[str] = "bad_days"
    field: str
    text: str

    def sentence(self) -> str:
        return f"Enter each day on a line of its own, like 24/12/2026, instead of {self.text}."


@dataclass(eq=False)
class PolicyMovedOn(BadInput):
    """Somebody set other time limits between the preview and the saving."""

    code: ClassVar[str] = "policy_moved_on"
    field: str

    def sentence(self) -> str:
        return "Somebody else set time limits meanwhile. Look at what yours would change now, then save."


@dataclass(eq=False)
class StageOutOfOrder(BadInput):
    """A stage of the escalation does not come after the one before it. `stage` is its name in words."""

    code: ClassVar[str] = "stage_out_of_order"
    field: str
    stage: str

    def sentence(self) -> str:
        return f"Enter a larger share of the time for {self.stage.lower()} than for the stage before it."


@dataclass(eq=False)
class NobodyTold(BadInput):
    """A stage of the escalation tells nobody. `stage` is its name in words."""

    code: ClassVar[str] = "nobody_told"
    field: str
    stage: str

    def sentence(self) -> str:
        return f"Choose who is told {self.stage.lower()}."


@dataclass(eq=False)
class InspectorLeftOut(BadInput):
    """The last stage of the escalation does not tell an inspector, whom no acknowledgement keeps from knowing."""

    code: ClassVar[str] = "inspector_left_out"
    field: str

    def sentence(self) -> str:
        return "Choose an inspector for the last stage: it is the one that nobody can put off."
