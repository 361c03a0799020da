"""A disclosure says what the entry promised, or it is not read."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.disclosure import Disclosed, digest, disclose, read, stated
from exhibits_app.domain.ledger_faults import LedgerFault, MalformedDisclosure
from tests.domain.ledger_parts import a_salt


def encoded(text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@given(st.binary(min_size=16, max_size=16), st.text("abc_é", min_size=1), st.text('xyz\n"€'))
def test_what_is_disclosed_reads_back(salt: bytes, name: str, value: str) -> None:
    assert read(disclose(name, value, salt)) == Disclosed(salt, name, value)
    assert stated(disclose(name, value, salt)) == (name, value)


def test_a_disclosure_is_the_array_of_rfc_9901_without_spaces() -> None:
    salt = a_salt(1)

    assert disclose("family_name", "Möbius", salt) == encoded(f'["{encoded(salt)}","family_name","Möbius"]')


def test_the_digest_is_sha_256_of_the_text_itself() -> None:
    told = disclose("place", "bay 2", a_salt(1))

    assert digest(told) == hashlib.sha256(told.encode()).hexdigest()


def test_the_same_value_under_another_salt_has_another_digest() -> None:
    assert digest(disclose("place", "bay 2", a_salt(1))) != digest(disclose("place", "bay 2", a_salt(2)))


@pytest.mark.parametrize("value", [None, 0.5, [None]])
def test_a_value_outside_the_profile_is_not_disclosed(value: object) -> None:
    with pytest.raises(LedgerFault):
        disclose("place", value, a_salt(1))


def test_a_disclosure_needs_a_name_and_a_salt_of_sixteen_bytes() -> None:
    with pytest.raises(MalformedDisclosure):
        disclose("", "bay 2", a_salt(1))
    with pytest.raises(MalformedDisclosure):
        disclose("place", "bay 2", a_salt(1)[:15])


SALT = "AAAAAAAAAAAAAAAAAAAAAA"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!",
        "é",
        encoded(f'["{SALT}","place","bay 2"]') + "=",
        encoded(f'["{SALT}","place","bay 2"]') + "\n",
        encoded(f'["{SALT}", "place","bay 2"]'),
        encoded(f'["{SALT}","place"]'),
        encoded(f'["{SALT}","place","bay 2",1]'),
        encoded(f'["{SALT}","","bay 2"]'),
        encoded(f'["{SALT}",1,"bay 2"]'),
        encoded('[1,"place","bay 2"]'),
        encoded(f'["{SALT}A","place","bay 2"]'),
        encoded(f'["{SALT[:-1]}B","place","bay 2"]'),
        encoded('["AAAA","place","bay 2"]'),
        encoded(f'["{SALT}","place",null]'),
        encoded(f'{{"{SALT}":"place"}}'),
    ],
)
def test_text_that_is_not_exactly_a_disclosure_is_not_read(text: str) -> None:
    with pytest.raises(MalformedDisclosure):
        read(text)


@pytest.mark.parametrize("text", ["", "é", encoded("{}"), encoded("1"), encoded('["salt",1,2]'), encoded('["salt"]')])
def test_what_states_nothing_is_refused(text: str) -> None:
    with pytest.raises(MalformedDisclosure):
        stated(text)


def test_loose_trailing_bits_in_base64_are_noticed() -> None:
    told = disclose("place", "bay", a_salt(1))
    assert len(told) % 4 != 0
    loose = told[:-1] + chr(ord(told[-1]) + 1)

    with pytest.raises(MalformedDisclosure):
        read(loose)
