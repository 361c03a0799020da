"""The ledger page, the board and health: how far the ledger is signed, who holds copies, and the alarm."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exhibits_app.services import health, ledger_keeper, ledger_sign
from exhibits_app.services.ports.ledger_tree import Alarm, Anchor
from tests.support.force import START, sign_in
from tests.support.ledger import SigningForce, a_signing_force
from tests.support.pages import fetch
from tests.support.words import words


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    made = a_signing_force(tmp_path)
    yield made
    made.services.store.close()


def signed_in(signing: SigningForce, name: str) -> Any:
    client = signing.force.app().test_client()
    sign_in(client, name)
    return client


def page(signing: SigningForce, path: str = "/ledger", name: str = "auditor") -> str:
    (main,) = fetch(signed_in(signing, name), path).all("main")
    return words(main)


def said(signing: SigningForce) -> tuple[bool, str]:
    return next((check.ok, check.says) for check in health.look(signing.services) if check.name == "ledger")


def an_alarm(signing: SigningForce) -> None:
    alarm = Alarm("state_differs", "At size 3 the root kept is another.", START)
    signing.services.store.write(lambda work: work.checkpoints.raise_alarm(alarm))


def test_the_page_says_how_far_the_ledger_is_signed_and_by_which_key(signing: SigningForce) -> None:
    signing.items(2)
    signed = signing.checkpoint()
    signing.items(1)

    shown = page(signing)

    assert f"Size 3, {signed.root.hex()[:4]} {signed.root.hex()[4:8]}" in shown
    assert "1 entry is younger" in shown
    assert signing.key() in shown
    assert "Open: entries are being recorded" in shown


def test_the_page_says_that_nobody_outside_holds_a_checkpoint(signing: SigningForce) -> None:
    assert "nobody outside holds a checkpoint, so a rewrite of everything would not show" in page(signing)


def test_the_page_says_how_old_the_newest_anchor_is_and_what_it_leaves_open(signing: SigningForce) -> None:
    signing.items(2)
    signed = signing.checkpoint()
    sent = Anchor("e-mail", signed.size, signed.root, START - timedelta(hours=5), "e-mailed to 2 outside parties")
    signing.services.store.write(lambda work: work.checkpoints.add_anchor(sent))
    signing.items(1)

    shown = page(signing)

    assert "Size 3, e-mailed to 2 outside parties 5 hours ago" in shown
    assert "A rewrite of the 1 entry since would not show." in shown
    assert said(signing)[0]


def test_the_page_and_the_health_say_that_entries_wait_too_long(signing: SigningForce) -> None:
    signing.items(1)
    signing.force.clock.move(minutes=20)

    assert "The jobs that sign the ledger do not run." in page(signing)
    assert said(signing) == (False, "an entry has waited for 20 minutes to enter the tree; the jobs do not run")


def test_an_alarm_stands_on_the_page_the_board_and_in_the_health(signing: SigningForce) -> None:
    an_alarm(signing)

    assert "The ledger is read-only. A check failed at" in page(signing)
    assert "At size 3 the root kept is another." in page(signing)
    assert "Nothing is being recorded." in page(signing, "/board", "supervisor")
    ok, says = said(signing)
    assert not ok
    assert says.startswith("READ-ONLY since")


def test_without_an_alarm_the_board_says_nothing_of_it(signing: SigningForce) -> None:
    assert "Nothing is being recorded" not in page(signing, "/board", "supervisor")


def test_a_ledger_that_is_read_only_is_neither_integrated_nor_signed(signing: SigningForce) -> None:
    signing.items(1)
    an_alarm(signing)

    outcome = ledger_keeper.run(signing.services)

    assert (outcome.integrated, outcome.signed) == (0, None)
    assert "read-only" in outcome.says
    assert signing.published() == []


def test_the_page_counts_retired_keys(signing: SigningForce) -> None:
    signing.items(1)
    signing.checkpoint()
    ledger_sign.rotate(signing.services)

    assert "1 retired" in page(signing)
