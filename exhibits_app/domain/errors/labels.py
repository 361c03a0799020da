"""Refusals of codes and labels."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


class LabelRefusal(Refusal):
    """The code that was read cannot be acted on.

    `field` and `read` are the form field and the text that was typed in it, empty for a scan.
    """

    code: ClassVar[str] = "label_refused"
    field = ""
    read = ""


@dataclass(eq=False)
class NotACode(LabelRefusal):
    """The text is not a code of ours, or its check character does not hold. `why` is a sentence."""

    code: ClassVar[str] = "not_a_code"
    text: str
    why: str

    def sentence(self) -> str:
        return self.why


@dataclass(eq=False)
class UnknownCode(LabelRefusal):
    """The code is well-formed and was never issued here, or only after the backup that the register was restored from.

    `restored` is when that was done, and `as_of` what the backup is of; both empty where it never was.
    """

    code: ClassVar[str] = "unknown_code"
    printed: str
    restored: str = ""
    as_of: str = ""

    def sentence(self) -> str:
        if self.restored:
            return (
                f"{self.printed} is not on record. The register was restored at {self.restored} as it was at "
                f"{self.as_of}; what was registered or labelled in between is missing. Put the item aside, keep its "
                "label, and tell a supervisor."
            )
        return f"{self.printed} was never issued here. Put the item aside and tell a supervisor."


@dataclass(eq=False)
class RevokedLabel(LabelRefusal):
    """The label was replaced by a later printing; an item still carrying it is alarming."""

    code: ClassVar[str] = "revoked_label"
    printed: str
    subject: str
    reason: str

    def sentence(self) -> str:
        return (
            f"STOP: label {self.printed} of {self.subject} was revoked ({self.reason}). "
            "Put the item aside and tell a supervisor."
        )


@dataclass(eq=False)
class VoidedLabel(LabelRefusal):
    """The label was voided before anybody had scanned it: it should not exist."""

    code: ClassVar[str] = "voided_label"
    printed: str
    subject: str
    reason: str

    def sentence(self) -> str:
        return (
            f"STOP: label {self.printed} was voided before it was ever scanned ({self.reason}). Destroy it, and scan "
            f"the good label of {self.subject}; if it has none, print one."
        )


@dataclass(eq=False)
class LabelOfAnotherPrinting(LabelRefusal):
    """The label that was scanned to confirm a printing does not belong to it. `job` is its own, 0 for none."""

    code: ClassVar[str] = "label_of_another_printing"
    printed: str
    subject: str
    job: int

    def sentence(self) -> str:
        whose = f"printing {self.job}" if self.job else "no printing that is on record"
        return f"{self.printed} is a label of {self.subject}, from {whose}. Scan a label that this printing made."


@dataclass(eq=False)
class NotAtThisStage(LabelRefusal):
    """What was asked of a printing cannot be done in its state; `state` and `what` are words."""

    code: ClassVar[str] = "printing_not_at_this_stage"
    job: int
    state: str
    what: str

    def sentence(self) -> str:
        return f"Printing {self.job} is {self.state}, so it cannot be {self.what}. See what has become of it first."


@dataclass(eq=False)
class PrinterUnknown(LabelRefusal):
    """No printer of that name can be used; `why` is a sentence."""

    code: ClassVar[str] = "printer_unknown"
    name: str
    why: str

    def sentence(self) -> str:
        return f"Nothing was printed. {self.why}"


@dataclass(eq=False)
class ReprintNotAuthorised(LabelRefusal):
    """This force wants a second person for a reprint, and whoever signed in may not give it."""

    code: ClassVar[str] = "reprint_not_authorised"
    who: str

    def sentence(self) -> str:
        return (
            f"{self.who} may not authorise that labels are printed again. Ask a supervisor of this case or store, other"
            " than yourself, to sign in here."
        )


@dataclass(eq=False)
class BlankLabel(LabelRefusal):
    """The label was printed ahead and is not yet bound to an item. `issued` says where it is from and who holds it."""

    code: ClassVar[str] = "blank_label"
    printed: str
    issued: str = ""

    def sentence(self) -> str:
        issued = f" ({self.issued})" if self.issued else ""
        return (
            f"Label {self.printed} is blank{issued}: no item is registered with it yet. Put the item aside and ask "
            "whoever seized it to register it with this label; then scan it again."
        )


@dataclass(eq=False)
class LabelNotReleased(LabelRefusal):
    """A label could not be drawn, or did not read back; no code was issued and none revoked. `why` is a sentence."""

    code: ClassVar[str] = "label_not_released"
    why: str

    def sentence(self) -> str:
        return f"Nothing was printed and the labels before are still good. {self.why}"


@dataclass(eq=False)
class DesignRefused(LabelRefusal):
    """How labels are to look, or what they are to be printed on, cannot be. `part` is of the page, `why` a sentence."""

    code: ClassVar[str] = "label_design_refused"
    part: str
    why: str

    def sentence(self) -> str:
        return self.why


@dataclass(eq=False)
class StockNameTaken(LabelRefusal):
    """There is a label stock of that name: what it is must never change under the printings that name it."""

    code: ClassVar[str] = "stock_name_taken"
    name: str

    def sentence(self) -> str:
        return f"There is a label stock {self.name} already, and printings on record name it. Choose another name."


@dataclass(eq=False)
class WrongKindOfCode(LabelRefusal):
    """A code of another type was read where one of this type is needed."""

    code: ClassVar[str] = "wrong_kind_of_code"
    printed: str
    is_a: str
    needed: str

    def sentence(self) -> str:
        return f"{self.printed} is the code of {self.is_a}. Scan the code of {self.needed}."
