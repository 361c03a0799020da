"""People chosen by what one knows of them, a collar or staff number or a name: nobody looks for one in a thousand."""

from typing import Final

from ..domain.errors import NobodyIsCalled, NotFound, SeveralAreCalled
from ..domain.people import Person
from ..domain.text import NAME_LIMIT, optional
from .context import Services

OFFERED: Final = 10
NAMED: Final = 4  # Of those that what was typed fits, a refusal names so many.
MOST_WORDS: Final = 8


def like(services: Services, text: str, *, left: bool = False) -> list[Person]:
    """Some of those who work here, or with `left` ever did, that what was typed so far fits.

    Those with that very number come first.
    """
    words = text.split()[:MOST_WORDS]
    if not words:
        return []
    with services.store.read() as work:
        return work.accounts.named(words, OFFERED, left=left)


def chosen(services: Services, text: str, field: str, what: str, *, left: bool = False) -> int | None:
    """The id of the one person who has this number or whom these words fit; None where nothing was typed.

    Whoever has the number, or is called exactly so, comes before those whom the words fit as well. Raises
    NobodyIsCalled, SeveralAreCalled and BadInput.
    """
    said = optional(text, field, what, NAME_LIMIT)
    if not said:
        return None
    found = like(services, said, left=left)
    exact = [one for one in found if said.casefold() in {one.number.casefold(), one.called.casefold()}]
    fitting = exact or found
    if not fitting:
        raise NobodyIsCalled(field, said)
    if len(fitting) > 1:
        raise SeveralAreCalled(field, said, tuple(one.called for one in fitting[:NAMED]))
    return fitting[0].id


def called(services: Services, person: int | None, *, left: bool = False) -> str:
    """What somebody who works here, or with `left` ever did, is called now; empty for nobody else."""
    if person is None:
        return ""
    try:
        with services.store.read() as work:
            known = work.accounts.person(person)
    except NotFound:
        return ""
    return known.called if known.active or left else ""
