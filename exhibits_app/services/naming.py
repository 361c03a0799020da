"""What an item is: identified anew when it has lost its label, and found property that becomes an exhibit."""

from dataclasses import dataclass

from ..domain.cases import Case
from ..domain.custody import naming
from ..domain.errors import NotAChoice, NotFound
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, may, require
from ..domain.references import initials
from ..domain.text import NAME_LIMIT, optional
from .blank_binding import Blanks, logging_refused, put_on
from .context import Services
from .happenings import as_it_was, envelope, seen
from .kinds import check_rights
from .label_life import revoke_all
from .ports import Held, Work
from .recording import Happening, record
from .references import References
from .typed_acts import NOBODY, Named, Particulars, Second, asked_of, signed_in

IDENTIFIED = "the item was identified anew"


def relabel(
    services: Services, by: Person, register_no: int, given: Particulars, second: Second = NOBODY, label: str = ""
) -> None:
    """Record in which two ways the item was known, and revoke its label; the new one is printed as any other.

    With `label`, the code of a blank one, the item bears that at once. Of `given`, `seal` is the number on the bag,
    `identity` the SHA-256 of the photograph that it was held against, `text` the serial number or what it looks like; a
    second person signs in as witness. Raises TwoWaysNeeded, CustodyRefusal, LabelRefusal, BadInput, NoRight, NotFound.
    """
    beside = signed_in(services, second)
    now = services.clock.now()

    def change(work: Work) -> None:
        held, exhibit = _one(work, by, register_no)
        check_rights(work, by, "RELABEL", exhibit, None)
        if given.identity and given.identity not in {photo.sha256 for photo in work.items.photos(register_no)}:
            raise NotAChoice("identity", "the photograph")
        named = Named.of(work, given, beside)
        asked = asked_of(by, given, named, exhibit, at=now, now=now)
        body = naming.relabel(exhibit, asked)
        revoke_all(work, "E", register_no, by.id, now, IDENTIFIED)
        said = envelope(services, by, asked, services.ids.event_id(), given, now)
        happenings = [Happening(held, said, body)]
        if label.strip():
            blank = Blanks(work).take(0, label, "label")
            happenings.append(put_on(services, work, by, held, blank, said.act))
        record(work, services.ids, work.policies.current(now), happenings)

    logging_refused(services, by, "RELABEL", change)


@dataclass(frozen=True, slots=True)
class PromoteForm:
    """An exhibit as somebody typed it. Without a case it stays in its own; without a reference it gets the next."""

    category: str
    reference: str = ""
    producer: int | None = None
    case: str = ""
    reason: str = ""
    keep_both: bool = False


def promote(services: Services, by: Person, register_no: int, form: PromoteForm) -> str:
    """Make found property an exhibit, perhaps of another case; gives its reference. History and clocks go on.

    Raises NotFoundProperty, ReferenceTaken, NearDuplicateReference, BadInput, NoRight, NotFound.
    """
    now = services.clock.now()

    def change(work: Work) -> str:
        held, exhibit = _one(work, by, register_no)
        check_rights(work, by, "PROMOTE", exhibit, None)
        case = _case(work, by, form.case, exhibit)
        producer = work.accounts.person(form.producer) if form.producer else by
        given = Particulars(reason=form.reason)
        asked = asked_of(by, given, Named(), as_it_was(work, exhibit, None), at=now, now=now)
        naming.promote(exhibit, asked, exhibit.reference, producer.ref, form.category, case.ref)
        references = References.of(work, case.id)
        references.taken = [one for one in references.taken if one != (exhibit.producer.id, exhibit.reference)]
        stem = initials(producer.name) or "X"
        reference = references.give(producer.id, form.reference, stem, "reference", keep_both=form.keep_both)
        body = naming.promote(exhibit, asked, reference, producer.ref, form.category, case.ref)
        said = envelope(services, by, asked, services.ids.event_id(), given, now)
        record(work, services.ids, work.policies.current(now), [Happening(held, said, body)])
        return reference

    return services.store.write(change)


def _one(work: Work, by: Person, register_no: int) -> tuple[Held, Exhibit]:
    (held,) = seen(work, by, [register_no])
    if held.exhibit is None:
        raise NotFound("item")
    return held, held.exhibit


def _case(work: Work, by: Person, reference: str, exhibit: Exhibit) -> Case:
    """The case that the exhibit belongs to from now on, which this person may register in. Raises NotAChoice."""
    wanted = optional(reference, "case", "the case reference", NAME_LIMIT)
    if not wanted:
        return work.cases.find(exhibit.case.id)
    try:
        case = work.cases.by_reference(wanted)
    except NotFound:
        raise NotAChoice("case", "a case") from None
    if not may(by, Action.SEE_CASE, case.target):
        raise NotAChoice("case", "a case")
    require(by, Action.REGISTER, case.target)
    return case
