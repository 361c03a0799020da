"""Time-stamp authorities as the log meets them: asked when due, and believed under the roots that are set alone."""

from pathlib import Path

import pytest

from exhibits_app.domain import note
from exhibits_app.domain.ledger_faults import TimeStampFails
from exhibits_app.jobs.time_stamps import HttpAuthority
from exhibits_app.services import ledger_keeper
from exhibits_app.services.ports.ledger_tree import TIME_STAMP
from tests.ledger.test_ledger_outside import NOWHERE, outside, said, sizes
from tests.support.authority import Authority, stamping, verified
from tests.support.ledger import SigningForce


def test_a_token_is_one_that_openssl_verifies(signing: SigningForce, authority: Authority, tmp_path: Path) -> None:
    signing.items(1)
    with stamping(authority) as address:
        outside(signing, authorities=(HttpAuthority(address, authority.root),))
        outcome = ledger_keeper.run(signing.services)

    (one,) = said(signing)
    assert outcome.signed is not None
    text = note.parse(outcome.signed.note)[0].encode()
    assert (one.kind, one.size) == (TIME_STAMP, outcome.signed.size)
    assert verified(tmp_path, one.statement, text, authority.root)
    assert not verified(tmp_path, one.statement, text + b"\n", authority.root)


def test_a_token_is_asked_for_when_one_is_due_and_the_log_grew(on_sqlite: SigningForce, authority: Authority) -> None:
    counted = []
    with stamping(authority) as address:
        outside(on_sqlite, authorities=(HttpAuthority(address, authority.root),))
        for hours in (0, 0.5, 0.6, 3):
            on_sqlite.force.clock.move(hours=hours)
            if hours < 3:
                on_sqlite.items(1)
            ledger_keeper.run(on_sqlite.services)
            counted += sizes(on_sqlite)

    assert counted == [3, 3, 5, 5]


def test_each_authority_is_checked_against_the_roots_alone(
    on_sqlite: SigningForce, authority: Authority, another: Authority
) -> None:
    on_sqlite.items(1)
    with stamping(authority) as address, stamping(another) as other:
        known, foreign = HttpAuthority(address, authority.root), HttpAuthority(other, authority.root)
        outside(on_sqlite, authorities=(known, foreign))
        outcome = ledger_keeper.run(on_sqlite.services)

    assert [one.party for one in said(on_sqlite)] == [known.name]
    assert foreign.name in outcome.refused


@pytest.mark.parametrize("roots", [None, Path("nowhere.pem")])
def test_without_roots_no_token_is_kept(on_sqlite: SigningForce, authority: Authority, roots: Path | None) -> None:
    on_sqlite.items(1)
    with stamping(authority) as address:
        outside(on_sqlite, authorities=(HttpAuthority(address, roots),))
        outcome = ledger_keeper.run(on_sqlite.services)

    assert "The time stamp does not hold" in outcome.refused
    assert said(on_sqlite) == []


def test_an_authority_that_refuses_is_asked_again(on_sqlite: SigningForce, authority: Authority) -> None:
    on_sqlite.items(1)
    with stamping(authority) as address:
        outside(on_sqlite, authorities=(HttpAuthority(address, authority.root),))
        authority.refuses = True
        refused = ledger_keeper.run(on_sqlite.services).refused
        authority.refuses = False
        ledger_keeper.run(on_sqlite.services)

    assert "(answer 503)" in refused
    assert sizes(on_sqlite) == [on_sqlite.tree_size()]


def test_tokens_over_another_text_or_spoilt_do_not_hold(authority: Authority) -> None:
    client = HttpAuthority(NOWHERE, authority.root)
    token = authority.stamp(b"a text\n")
    assert client.check(b"a text\n", token)

    for text, other in (
        (b"another text\n", token),
        (b"a text\n", token[:-1]),
        (b"a text\n", b""),
        (b"a text\n", token[:-40] + bytes([token[-40] ^ 1]) + token[-39:]),
        (b"a text\n", authority.stamp(b"a text\n", digest="sha1")),
    ):
        with pytest.raises(TimeStampFails):
            client.check(text, other)
