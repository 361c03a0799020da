"""Refusals of losses, holds and disposals."""

from dataclasses import dataclass
from typing import ClassVar

from .custody import CustodyRefusal


@dataclass(eq=False)
class AlreadyUnaccounted(CustodyRefusal):
    """The search for it is open already."""

    code: ClassVar[str] = "already_unaccounted"
    where: str

    def sentence(self) -> str:
        return f"{self.ref} is {self.where} already. Scan it when it is found, with FOUND and the place."


@dataclass(eq=False)
class NotUnaccounted(CustodyRefusal):
    """Only what is unaccounted for can be confirmed missing, or found."""

    code: ClassVar[str] = "not_unaccounted"
    where: str

    def sentence(self) -> str:
        return f"{self.ref} is not recorded as unaccounted for: it is recorded {self.where}."


@dataclass(eq=False)
class UnsentScans(CustodyRefusal):
    """Devices still hold scans that may show the item: nobody can say yet that it is missing."""

    code: ClassVar[str] = "unsent_scans"
    devices: str

    def sentence(self) -> str:
        return (
            f"Scans made on {self.devices} have not arrived yet, and {self.ref} may be among them. "
            "Connect the device and let it send, then look again."
        )


@dataclass(eq=False)
class HoldBlocks(CustodyRefusal):
    """Any hold blocks disposal."""

    code: ClassVar[str] = "hold_blocks"
    holds: str

    def sentence(self) -> str:
        return f"{self.ref} is on hold ({self.holds}). Release the hold first, if it no longer applies."


@dataclass(eq=False)
class NoSuchHold(CustodyRefusal):
    """The hold that is to be released is not there."""

    code: ClassVar[str] = "no_such_hold"
    hold: str

    def sentence(self) -> str:
        return f"{self.ref} has no hold called '{self.hold}'. Nothing was changed."


@dataclass(eq=False)
class NoDisposalAuthority(CustodyRefusal):
    """Disposal needs a named supervisor's authority for this very method."""

    code: ClassVar[str] = "no_disposal_authority"
    method: str

    def sentence(self) -> str:
        return f"No supervisor has authorised to {self.method} {self.ref}. Ask one to authorise it first."


@dataclass(eq=False)
class ExecutorIsAuthoriser(CustodyRefusal):
    """Who authorises a disposal does not carry it out."""

    code: ClassVar[str] = "executor_is_authoriser"

    def sentence(self) -> str:
        return f"You authorised the disposal of {self.ref}, so someone else must carry it out."


@dataclass(eq=False)
class OicAuthorises(CustodyRefusal):
    """The officer in the case does not authorise disposal alone."""

    code: ClassVar[str] = "oic_authorises"

    def sentence(self) -> str:
        return f"You are the officer in the case of {self.ref}. Another supervisor must authorise its disposal."


@dataclass(eq=False)
class ForensicsOpen(CustodyRefusal):
    """What nobody has decided upon is not disposed of."""

    code: ClassVar[str] = "forensics_open"
    standing: str

    def sentence(self) -> str:
        return f"The forensic decision on {self.ref} is open ({self.standing}). Record it before disposal."


@dataclass(eq=False)
class DeathNotFinal(CustodyRefusal):
    """A deceased person's property is not released while the death is under investigation."""

    code: ClassVar[str] = "death_not_final"

    def sentence(self) -> str:
        return (
            f"{self.ref} belongs to a death that is still under investigation. It is released when the category of "
            "the death is final and the coroner consents."
        )


@dataclass(eq=False)
class NotDisposed(CustodyRefusal):
    """Only what has left can be seized again."""

    code: ClassVar[str] = "not_disposed"
    where: str

    def sentence(self) -> str:
        return f"{self.ref} never left: it is recorded {self.where}."
