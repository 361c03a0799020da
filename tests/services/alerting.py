"""What the tests of alerts have in common: an exhibit that runs late, and services that send mail."""

from dataclasses import replace
from datetime import timedelta

from exhibits_app.domain.policy import DEFAULT_RULES, MOST_DAYS, Limits, Policy
from exhibits_app.jobs.smtp import SmtpMailer
from exhibits_app.services.context import Services
from tests.support.force import START, Force
from tests.support.mail import PostOffice

# A bed sheet at a death: to be decided 3 days and submitted 7 days after its seizure, an hour before START.
SEIZED = START - timedelta(hours=1)


def never_late_to_book_in(force: Force) -> None:
    made = Policy(0, SEIZED, DEFAULT_RULES, Limits(book_in_hours=MOST_DAYS * 24))
    force.services.store.write(lambda work: work.policies.add(made, 1, "for these tests"))


def mailing(force: Force, office: PostOffice) -> Services:
    return replace(force.services, mailer=SmtpMailer(office.url, "exhibits@force.test"))


def an_overdue_item(force: Force, **given: object) -> int:
    """One item, long overdue for a decision unless the clock is set back."""
    supervisor = force.people["supervisor"].id if "supervisor" not in given else given.pop("supervisor")
    (item,) = force.items(force.case(supervisor=supervisor, **given))
    force.clock.at = SEIZED + timedelta(days=3.1)
    return item
