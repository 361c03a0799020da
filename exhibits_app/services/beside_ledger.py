"""What is kept beside the ledger and named in it: labels, seals, authorised forms. Whoever alters them is found out."""

from collections.abc import Iterable, Iterator

from labels.payload import CodeType, printed

from ..domain import codec
from ..domain.erasure import ERASED
from ..domain.events import Erased, Event, Labelled, SubmissionAuthorised
from ..domain.exhibit import Exhibit, SealKind
from ..domain.submissions import LIVE, Submission, digest, number_of
from .kinds import seal_user
from .ports import Work


def faults(work: Work, exhibit: Exhibit, events: Iterable[Event]) -> Iterator[str]:
    """A sentence for whatever is not as the item's entries name it; none of it can be made anew from them."""
    events = list(events)
    which = f"property reference {exhibit.register_no}"
    for what in (*_labels(work, exhibit, events), *_seal(work, exhibit), *_forms(work, events)):
        yield f"{what} is not kept as the entries of {which} say."


def _labels(work: Work, exhibit: Exhibit, events: list[Event]) -> Iterator[str]:
    """Each label is of this item and of no other; one that was replaced is not good again."""
    codes = [event.body.code for event in events if isinstance(event.body, Labelled)]
    kept = work.labels.find_all(codes) if codes else {}
    for code in codes:
        label = kept.get(code)
        ours = label is not None and (label.kind, label.subject) == (CodeType.ITEM.value, exhibit.register_no)
        again = label is not None and label.state == "live" and exhibit.code not in {None, code}
        if not ours or again:
            yield f"Label {printed(code)}"


def _seal(work: Work, exhibit: Exhibit) -> Iterator[str]:
    """Its seal is in the list of those that nobody can use again; whose it was first is for a discrepancy to say."""
    seal = exhibit.seal
    if seal.kind is SealKind.SEALED and seal.number and seal_user(work, seal.number) is None:
        yield f"The use of seal {seal.number}"


def _forms(work: Work, events: list[Event]) -> Iterator[str]:
    """What was authorised is what the form still says. A form that an older backup did not have says so itself."""
    for event in events:
        body = event.body
        number = number_of(body.submission) if isinstance(body, SubmissionAuthorised) else None
        if isinstance(body, SubmissionAuthorised) and number and not _is_form(work, number, body):
            yield f"Version {body.version} of submission {body.submission}"


def _is_form(work: Work, number: int, authorised: SubmissionAuthorised) -> bool:
    try:
        kept = work.submissions.version(number, authorised.version)
        if kept is None:
            return work.copies.restored() is not None
        shown = work.submissions.find(number)
    except (KeyError, TypeError, ValueError):
        return False  # What is kept is no form at all.
    now = shown if shown.version == authorised.version and shown.state in LIVE else kept
    return all(digest(one) == authorised.content or _erased_from(work, one) for one in (kept, now))


def _erased_from(work: Work, form: Submission) -> bool:
    """Whether words were erased from it on authority, which the chain of one of its exhibits says: then it differs."""
    if ERASED not in codec.text(form.content):
        return False
    events = (event for line in form.content.lines for event in work.ledger.events_of(line.register_no))
    return any(isinstance(event.body, Erased) for event in events)
