"""Where words of an item stand beside its events: on forms of submissions, in pictures of its labels, in memory."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from ..domain import codec, disclosure
from ..domain.erasure import redacted, without, words_gone
from ..domain.events import SubmissionAuthorised
from ..domain.submissions import number_of
from .ports import Files, StoredEntry, Work

# The members of a form that hold what somebody wrote, and names of persons.
_WRITTEN = frozenset(
    {"contact", "circumstances", "urgency", "handling", "description", "questions", "reason", "built_by", "name",
     "authorised_by", "content", "lines"}
)  # fmt: skip


def words_of(entries: Iterable[StoredEntry], digests: Iterable[str]) -> frozenset[str]:
    """The names and words that go with the values of these digests, as long as they are there."""
    wanted, words = set(digests), frozenset[str]()
    for entry in entries:
        for told in entry.disclosures:
            if disclosure.digest(told) in wanted:
                said = disclosure.read(told)
                words |= words_gone(said.value, redacted(entry.type, said.name, said.value))
    return words


def erase(work: Work, register_no: int, words: frozenset[str], until: datetime) -> tuple[str, ...]:
    """Take the words out of every form that the item is or was on, and its pictures until then off the record.

    Gives the SHA-256 of each picture that nothing points to any more: `forget` removes those once this is kept. Forms
    keep the fingerprint under which they were authorised, which is in the ledger.
    """
    if words:
        numbers = {line.number for line in work.submissions.lines_of(register_no)}
        bodies = [event.body for event in work.ledger.events_of(register_no)]
        named = [number_of(body.submission) for body in bodies if isinstance(body, SubmissionAuthorised)]
        work.erasures.reword_forms(numbers | {one for one in named if one}, lambda value: _reworded(value, words))
    return work.erasures.drop_pictures(register_no, until)


def forget(files: Files, pictures: Sequence[str]) -> None:
    """After it is kept: the pictures' bytes go, and what this process remembers of names."""
    for sha256 in pictures:
        files.remove(sha256)
    codec.forget()


def _reworded(value: object, words: frozenset[str]) -> object:
    """A text, or a form as JSON with its texts, without the words."""
    if isinstance(value, str):
        return without(words, value)
    if isinstance(value, list):
        return [_reworded(one, words) for one in value]
    if isinstance(value, dict):
        return {name: _reworded(one, words) if name in _WRITTEN else one for name, one in value.items()}
    return value
