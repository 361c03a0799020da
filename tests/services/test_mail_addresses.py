"""Addresses of alerts: what an account can have, the mailer can write to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.errors import MissingValue
from exhibits_app.domain.text import is_email
from exhibits_app.jobs.smtp import SmtpMailer
from exhibits_app.services import people
from exhibits_app.services.ports import OutgoingMessage
from tests.support.force import Force


@given(st.from_regex(r"[^@\s]{1,12}@[^@\s]{1,12}", fullmatch=True))
def test_every_address_that_an_account_can_have_can_be_written_to(address: str) -> None:
    message = OutgoingMessage(0, "test:1", address, "Overdue", "x\n")
    nowhere = SmtpMailer("smtp://127.0.0.1:9", "exhibits@force.test")

    with pytest.raises(OSError, match="not an e-mail address" if not is_email(address) else "refused"):
        nowhere.send(message)


def test_an_address_that_cannot_be_written_to_is_not_kept(force: Force) -> None:
    for address in ("0@[", "a,b@force.test", "officer@", "ü@force.test", "a b@force.test"):
        with pytest.raises(MissingValue):
            people.add_person(
                force.services, force.person("administrator"), people.PersonForm("A", "new.one", email=address)
            )
