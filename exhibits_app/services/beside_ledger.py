"""What is kept beside the ledger and named in it: labels, seals, authorised forms. Whoever alters them is found out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from labels.payload import CodeType, printed

from ..domain import codec
from ..domain.erasure import ERASED
from ..domain.events import Erased, Event, Labelled, SubmissionAuthorised
from ..domain.exhibit import Exhibit, SealKind
from ..domain.submissions import LIVE, Submission, digest, number_of
from .kinds import seal_user
from .ports import Work


@dataclass(slots=True)
class Named:
    """What the entries of some items name of it, so that it is asked for at once: each with the item's number."""

    labels: list[tuple[int, str, str | None]] = field(default_factory=list)  # With the code that is the item's now.
    seals: list[tuple[int, str]] = field(default_factory=list)
    forms: list[tuple[int, SubmissionAuthorised]] = field(default_factory=list)

    def add(self, exhibit: Exhibit, events: Iterable[Event]) -> None:
        """Note what the entries of this item name."""
        number, seal = exhibit.register_no, exhibit.seal
        for event in events:
            if isinstance(event.body, Labelled):
                self.labels.append((number, event.body.code, exhibit.code))
            elif isinstance(event.body, SubmissionAuthorised):
                self.forms.append((number, event.body))
        if seal.kind is SealKind.SEALED and seal.number:
            self.seals.append((number, seal.number))


def faults(work: Work, named: Named) -> Iterator[str]:
    """A sentence for whatever is not as the items' entries name it; none of it can be made anew from them."""
    for number, what in sorted((*_labels(work, named), *_seals(work, named), *_forms(work, named))):
        yield f"{what} is not kept as the entries of property reference {number} say."


def _labels(work: Work, named: Named) -> Iterator[tuple[int, str]]:
    """Each label is of its item and of no other; one that was replaced is not good again."""
    kept = work.labels.find_all([code for _, code, _ in named.labels])
    for number, code, now in named.labels:
        label = kept.get(code)
        ours = label is not None and (label.kind, label.subject) == (CodeType.ITEM.value, number)
        again = label is not None and label.state == "live" and now not in {None, code}
        if not ours or again:
            yield number, f"Label {printed(code)}"


def _seals(work: Work, named: Named) -> Iterator[tuple[int, str]]:
    """An item's seal is in the list of those that nobody can use again; whose it was first is for a discrepancy."""
    used = work.items.seals_used([seal for _, seal in named.seals])
    for number, seal in named.seals:
        if seal not in used and seal_user(work, seal) is None:
            yield number, f"The use of seal {seal}"


def _forms(work: Work, named: Named) -> Iterator[tuple[int, str]]:
    """What was authorised is what the form still says. A form that an older backup did not have says so itself.

    One form names many items: each of its versions is read once.
    """
    right: dict[tuple[int, SubmissionAuthorised], bool] = {}
    for number, body in named.forms:
        form = number_of(body.submission)
        if form is None:
            continue
        if (form, body) not in right:
            right[form, body] = _is_form(work, form, body)
        if not right[form, body]:
            yield number, f"Version {body.version} of submission {body.submission}"


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
