"""Labels printed again: why, in place of which, and who stands by it where the force wants a second person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..domain.errors import AuthoriserIsActor, BadSignIn, MissingValue, ReprintNotAuthorised, SecondNotSignedIn
from ..domain.people import Action, Person, Target, may
from ..domain.printing import WhyAgain, why_again
from . import signin
from .context import Services
from .ports import IssuedLabel
from .typed_acts import SignIn

FIELD = "authoriser_name"
WHO = "the person who authorises it"


@dataclass(frozen=True, slots=True)
class Again:
    """Why labels are printed again, as it was typed, and who signs in to authorise it."""

    reason: str = ""
    words: str = ""
    authoriser: SignIn | Person | None = None


@dataclass(frozen=True, slots=True)
class Reprint:
    """A reprint that is allowed: of which printing, if it was one, why, and who authorised it."""

    why: WhyAgain
    of_job: int | None
    authoriser: Person | None


def allow(
    services: Services, by: Person, again: Again | None, old: Sequence[IssuedLabel], targets: Iterable[Target]
) -> Reprint | None:
    """What is to be kept of a reprint; None when nothing had a label before.

    Raises MissingValue, NotAChoice for the reason, and what `_authorised` raises.
    """
    if not old:
        return None
    given = again or Again()
    why = why_again(given.reason, given.words)
    jobs = {label.job for label in old}
    return Reprint(why, jobs.pop() if len(jobs) == 1 else None, _authorised(services, by, given, targets))


def _authorised(services: Services, by: Person, given: Again, targets: Iterable[Target]) -> Person | None:
    """Who authorises it. Raises MissingValue, SecondNotSignedIn, AuthoriserIsActor, ReprintNotAuthorised."""
    who = given.authoriser
    if who is None:
        if services.limits.reprint_by_two:
            raise MissingValue(FIELD, f"the sign-in name of {WHO}")
        return None
    if isinstance(who, SignIn):
        try:
            who = signin.second_person(services, who.name, who.password)
        except BadSignIn:
            raise SecondNotSignedIn(FIELD, WHO) from None
    if who.id == by.id:
        raise AuthoriserIsActor
    if not all(may(who, Action.AUTHORISE_REPRINT, target) for target in targets):
        raise ReprintNotAuthorised(who.called)
    return who
