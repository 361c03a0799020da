"""The rules of losing, finding, holding and parting with an item."""

from ..cases import CaseCategory
from ..errors import (
    AlreadyUnaccounted,
    DeathNotFinal,
    ExecutorIsAuthoriser,
    ForensicsOpen,
    HoldBlocks,
    NoDisposalAuthority,
    NoSuchHold,
    NotAChoice,
    NotDisposed,
    NotUnaccounted,
    OicAuthorises,
    WitnessNeeded,
)
from ..events import (
    Auctioned,
    ConfirmedMissing,
    Destroyed,
    DisposalAuthorised,
    Found,
    HoldPlaced,
    HoldReleased,
    Reseized,
    Restored,
    Retained,
    RetentionReviewed,
    Unaccounted,
)
from ..exhibit import CustodyKind, Exhibit, Forensic
from ..policy import DEFAULT_RULES
from .asked import Asked, check_holder, check_seal, given, store_place

HOLD_NAMES = {
    "proceedings": "Proceedings",
    "appeal": "Appeal",
    "coroner": "Coroner",
    "civil-claim": "Civil claim",
    "complaint": "Complaint",
    "ownership": "Ownership dispute",
    "disclosure": "Disclosure",
}
METHOD_NAMES = {
    "restore": "Restore to its owner",
    "destroy": "Destroy",
    "auction": "Auction",
    "retain": "Retain for police use",
}
_OPEN_DEATHS = frozenset({CaseCategory.DEATH_INVESTIGATED.value, CaseCategory.HOMICIDE.value})


def unaccounted(exhibit: Exhibit, asked: Asked) -> Unaccounted:
    """Not where it is recorded: the search is open. That no device holds unsent scans, the caller has checked."""
    if exhibit.custody.kind is CustodyKind.UNKNOWN:
        raise AlreadyUnaccounted(exhibit.ref, exhibit.where)
    return Unaccounted(given(exhibit, asked.text, "text", "where you have looked, and how"))


def missing(exhibit: Exhibit, asked: Asked) -> ConfirmedMissing:
    """A supervisor confirms it after the search."""
    if exhibit.custody.kind is not CustodyKind.UNKNOWN:
        raise NotUnaccounted(exhibit.ref, exhibit.where)
    return ConfirmedMissing(given(exhibit, asked.text, "text", "what was searched, by whom, and when"))


def found(exhibit: Exhibit, asked: Asked) -> Found:
    """Found again, and put in a place of a store."""
    place = store_place(exhibit, asked)
    if exhibit.custody.kind is not CustodyKind.UNKNOWN:
        raise NotUnaccounted(exhibit.ref, exhibit.where)
    return Found(place.ref, asked.seal, asked.text)


def hold(_exhibit: Exhibit, asked: Asked) -> HoldPlaced:
    """Something blocks disposal from now on."""
    if asked.hold not in HOLD_NAMES:
        raise NotAChoice("hold", "what the hold is for")
    return HoldPlaced(asked.hold, asked.text)


def release_hold(exhibit: Exhibit, asked: Asked) -> HoldReleased:
    """A hold no longer applies, and somebody says why."""
    if not any(one.hold == asked.hold for one in exhibit.holds):
        raise NoSuchHold(exhibit.ref, HOLD_NAMES.get(asked.hold or "", asked.hold or "none"))
    given(exhibit, asked.reason, "reason", "why the hold no longer applies")
    return HoldReleased(asked.hold or "")


def review(exhibit: Exhibit, asked: Asked) -> RetentionReviewed:
    """Kept on a basis, until a date that lies ahead."""
    basis = given(exhibit, asked.text, "text", "the basis on which it is kept")
    until = given(exhibit, asked.until, "until", "the date of the next review")
    given(exhibit, until > asked.now or None, "until", "a date of the next review that lies ahead")
    return RetentionReviewed(basis, until)


def authorise_disposal(exhibit: Exhibit, asked: Asked) -> DisposalAuthorised:
    """A supervisor permits one method, when no hold blocks and no forensic decision is open."""
    if asked.method not in METHOD_NAMES:
        raise NotAChoice("method", "how it is to be disposed of")
    if exhibit.case.oic is not None and exhibit.case.oic.id == asked.actor.id:
        raise OicAuthorises(exhibit.ref)
    _check_holds(exhibit)
    check_forensics(exhibit)
    return DisposalAuthorised(asked.method, given(exhibit, asked.text, "text", "the legal basis"))


def restore(exhibit: Exhibit, asked: Asked) -> Restored:
    """Given to its owner, before a witness, against identity and a receipt."""
    _check_authority(exhibit, asked, "restore")
    if exhibit.case.category in _OPEN_DEATHS:
        raise DeathNotFinal(exhibit.ref)
    claimant = given(exhibit, asked.text, "text", "the name of the claimant")
    identity = given(exhibit, asked.identity, "identity", "how the claimant proved who they are")
    return Restored(claimant, identity, given(exhibit, asked.number, "number", "the number of the signed receipt"))


def destroy(exhibit: Exhibit, asked: Asked) -> Destroyed:
    """Destroyed before a witness, under a certificate."""
    _check_authority(exhibit, asked, "destroy")
    return Destroyed(given(exhibit, asked.number, "number", "the number of the destruction certificate"))


def auction(exhibit: Exhibit, asked: Asked) -> Auctioned:
    """Handed to an auctioneer as a lot."""
    _check_authority(exhibit, asked, "auction")
    auctioneer = given(exhibit, asked.text, "text", "the auctioneer")
    return Auctioned(auctioneer, given(exhibit, asked.number, "number", "the lot number"))


def retain(exhibit: Exhibit, asked: Asked) -> Retained:
    """Kept by the force for its own use."""
    _check_authority(exhibit, asked, "retain")
    unit = given(exhibit, asked.text, "text", "the unit that keeps it")
    return Retained(unit, given(exhibit, asked.purpose, "purpose", "what it is kept for"))


def re_seize(exhibit: Exhibit, asked: Asked) -> Reseized:
    """Taken again from its owner by an officer, under a power."""
    if not exhibit.disposed:
        raise NotDisposed(exhibit.ref, exhibit.where)
    power = given(exhibit, asked.authority, "authority", "the power under which it was seized")
    return Reseized(asked.on_behalf_of or asked.actor, power, asked.text, asked.new_seal or asked.seal)


def check_forensics(exhibit: Exhibit) -> None:
    """Nobody waits for a decision, a sending or an answer, however old an authority is. Raises ForensicsOpen."""
    owed = DEFAULT_RULES.get(exhibit.category, DEFAULT_RULES["UNK"]).decide_days is not None
    undecided = exhibit.forensic is Forensic.UNDECIDED and (owed or exhibit.reopened_at is not None)
    if undecided or exhibit.forensic in {Forensic.TO_SUBMIT, Forensic.DEFERRED}:
        raise ForensicsOpen(exhibit.ref, exhibit.forensic.value)
    if exhibit.open_recommendations:
        raise ForensicsOpen(exhibit.ref, "a recommendation is unanswered")


def _check_authority(exhibit: Exhibit, asked: Asked, method: str) -> None:
    _check_holds(exhibit)
    check_forensics(exhibit)
    authority = exhibit.authority
    if authority is None or authority.method != method:
        raise NoDisposalAuthority(exhibit.ref, method)
    if authority.by.id == asked.actor.id:
        raise ExecutorIsAuthoriser(exhibit.ref)
    check_holder(exhibit, asked)
    if asked.witness is None:
        raise WitnessNeeded(exhibit.ref, "disposed of by two")
    check_seal(exhibit, asked)


def _check_holds(exhibit: Exhibit) -> None:
    if exhibit.holds:
        raise HoldBlocks(exhibit.ref, ", ".join(HOLD_NAMES.get(one.hold, one.hold) for one in exhibit.holds))
