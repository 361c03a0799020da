"""Which field of an act's form a refusal is about."""

from collections.abc import Collection
from typing import Final

from ..domain import errors as e

# The first of these that the form has. Every other refusal is about the act as a whole.
_FIELDS: Final[dict[type[e.Refusal], tuple[str, ...]]] = {
    e.SealDoesNotMatch: ("seal",),
    e.SealNumberNeeded: ("new_seal",),
    e.SealUsedBefore: ("new_seal", "seal"),
    e.PlaceNeeded: ("place",),
    e.NotAStorePlace: ("place",),
    e.NotALaboratory: ("place",),
    e.WrongOutsidePlace: ("place",),
    e.AlreadyThere: ("place",),
    e.UnsuitablePlace: ("reason", "place"),
    e.ReceiverNeeded: ("receiver", "receiver_name"),
    e.ReceiverIsActor: ("receiver", "receiver_name"),
    e.OfferToSelf: ("receiver",),
    e.PurposeNeeded: ("purpose",),
    e.DueBackNeeded: ("due_back",),
    e.WitnessNeeded: ("witness_name",),
    e.WitnessIsActor: ("witness_name",),
    e.CountNeeded: ("counted",),
    e.MadeSafeNeeded: ("made_safe_by",),
    e.SubmissionNeedsNumber: ("submission",),
    e.SubmissionNeedsAuthority: ("authority",),
    e.NotOnSubmission: ("submission",),
    e.OnAnotherSubmission: ("submission",),
    e.SubmissionNotOurs: ("submission",),
    e.OtherLaboratory: ("place",),
    e.NoSuchHold: ("hold",),
    e.BoxShut: ("box",),
    e.BoxElsewhere: ("box",),
    e.OccurredInTheFuture: ("occurred_at",),
    e.OccurredBeforeSeizure: ("occurred_at",),
    e.TooManyAttempts: ("witness_name", "receiver_name"),
    e.QuantitiesDiffer: ("left",),
    e.NoParts: ("parts-0-quantity",),
    e.TwoWaysNeeded: ("seal",),
}
WHOLE: Final = "act"


def field_of(refusal: e.Refusal, has: Collection[str]) -> str:
    """The field, or WHOLE for the act as a whole."""
    if isinstance(refusal, (e.BadInput, e.ParticularNeeded, e.RegisterRefusal)):
        fields: tuple[str, ...] = (refusal.field,)
    else:
        fields = _FIELDS.get(type(refusal), ())
    return next((field for field in fields if field in has), WHOLE)
