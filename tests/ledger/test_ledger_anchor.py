"""Anchors: a checkpoint goes outside as a file, the log says so, and what could not be sent is said aloud."""

from dataclasses import replace

import pytest

from exhibits_app.domain.checkpoint import open_checkpoint
from exhibits_app.domain.entry import parse_system_entry
from exhibits_app.domain.errors import AnchorNotSent
from exhibits_app.domain.note import VerifierKey
from exhibits_app.jobs.smtp import SmtpMailer
from exhibits_app.services import ledger_anchor, ledger_keeper, ledger_tree
from exhibits_app.services.ports import OutgoingMessage
from tests.support.force import Postbag
from tests.support.ledger import SigningForce
from tests.support.mail import post_office

TO = ("clerk@court.test", "defence@chambers.test")


class Refusing(Postbag):
    def send(self, message: OutgoingMessage) -> None:
        raise ConnectionRefusedError


def posting(signing: SigningForce, bag: Postbag, to: tuple[str, ...] = ()) -> SigningForce:
    bag.active = True
    assert signing.services.signing is not None
    signing.services = replace(signing.services, mailer=bag, signing=replace(signing.services.signing, anchor_to=to))
    return signing


def test_an_anchor_is_a_file_that_holds_the_signed_checkpoint(signing: SigningForce) -> None:
    bag = Postbag()
    signing.items(2)

    sent = ledger_anchor.anchor(posting(signing, bag).services, TO)

    assert [message.to for message in bag.posted] == list(TO)
    ((name, data),) = bag.posted[0].files
    assert name == "checkpoint-3.txt"
    said, _ = open_checkpoint(data, signing.origin(), VerifierKey.parse(signing.key()))
    assert (said.size, said.root) == (sent.size, sent.root)
    assert data.decode() in bag.posted[0].body


def test_the_log_says_that_a_checkpoint_went_out_and_names_nobody(signing: SigningForce) -> None:
    signing.items(2)
    sent = ledger_anchor.anchor(posting(signing, Postbag()).services, TO)

    ledger_tree.integrate(signing.services)

    with signing.services.store.read() as work:
        (logged,) = work.tree.system("anchor")
    data = parse_system_entry(logged.body).data
    assert data == {"kind": "e-mail", "recipients": 2, "root": sent.root.hex(), "size": sent.size}
    assert b"court" not in logged.body


def test_what_the_server_does_not_take_is_no_anchor(signing: SigningForce) -> None:
    signing.items(1)

    with pytest.raises(AnchorNotSent, match="did not take it"):
        ledger_anchor.anchor(posting(signing, Refusing()).services, TO)

    with signing.services.store.read() as work:
        assert work.checkpoints.anchors() == []


def test_the_jobs_anchor_once_a_day_while_the_log_grows(on_sqlite: SigningForce) -> None:
    bag = Postbag()
    posting(on_sqlite, bag, TO[:1])
    on_sqlite.items(1)

    def rounds() -> int:
        for _ in range(3):
            ledger_keeper.run(on_sqlite.services)
        return len(bag.posted)

    assert rounds() == 1
    on_sqlite.force.clock.move(hours=25)
    on_sqlite.items(1)
    assert rounds() == 2


def test_the_jobs_say_that_an_anchor_was_not_sent_and_sign_all_the_same(on_sqlite: SigningForce) -> None:
    posting(on_sqlite, Refusing(), TO)
    on_sqlite.items(1)

    outcome = ledger_keeper.run(on_sqlite.services)

    assert outcome.signed is not None
    assert "was not sent" in outcome.says


def test_a_mail_server_is_given_the_very_bytes_as_a_file(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    signed = on_sqlite.checkpoint()
    with post_office() as office:
        mailer = SmtpMailer(office.url, "exhibits@force.test")
        ledger_anchor.anchor(replace(on_sqlite.services, mailer=mailer), TO[:1])

    ((to, letter),) = office.taken
    (file,) = letter.iter_attachments()
    assert (to, file.get_content()) == (TO[0], signed.note)
