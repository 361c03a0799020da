"""Exhibit references that are given to items already in a case: unique for case and producer, and no look-alikes."""

from dataclasses import dataclass

from ..domain.errors import NearDuplicateReference, ReferenceTaken
from ..domain.references import near_duplicate, next_reference
from ..domain.text import optional
from .ports import Work
from .register import REFERENCE_LIMIT


@dataclass(slots=True)
class References:
    """The references of one case while more of them are given out."""

    case: str
    taken: list[tuple[int, str]]

    @classmethod
    def of(cls, work: Work, case_id: int) -> "References":
        """Those that the case has now."""
        return cls(work.cases.find(case_id).reference, list(work.items.references(case_id)))

    def give(self, producer: int, wanted: str, stem: str, field: str, *, keep_both: bool = False) -> str:
        """The wanted reference, or the producer's next free one of this stem; it is taken from now on.

        Raises ReferenceTaken, NearDuplicateReference, BadInput, each with this `field`.
        """
        mine = {reference for owner, reference in self.taken if owner == producer}
        reference = optional(wanted, field, "the exhibit reference", REFERENCE_LIMIT) or next_reference(mine, stem)
        if reference in mine:
            free = next_reference(mine, reference.rpartition("/")[0] or reference)
            taken = ReferenceTaken(reference, self.case, free)
            taken.field = field
            raise taken
        near = near_duplicate(reference, [other for _, other in self.taken])
        if near is not None and not keep_both:
            alike = NearDuplicateReference(reference, near)
            alike.field = field
            raise alike
        self.taken.append((producer, reference))
        return reference
