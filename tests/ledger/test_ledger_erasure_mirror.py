"""What was erased leaves the mirror too, and no replay from it brings it back, mirrored in time or not."""

from pathlib import Path

from exhibits_app.domain import disclosure
from exhibits_app.services import ledger_erasure, ledger_keeper, ledger_replay, rebuild
from exhibits_app.store.mirror import FolderMirror
from tests.ledger.restored import back_up, restore
from tests.ledger.test_ledger_erasure import WORDS, an_item, digests, erase, history, l1
from tests.support.ledger import SigningForce

REASON = "a disk failed"


def mirror_holds(signing: SigningForce, mirror: FolderMirror, digest: str) -> bool:
    copies = mirror.copies(signing.origin(), 0)
    return any(disclosure.digest(told) == digest for one in copies for told in one.disclosures if told)


def description(signing: SigningForce, number: int) -> str:
    with signing.services.store.read() as work:
        return work.items.find(number).exhibit.description


def test_an_erased_value_leaves_the_mirror_with_the_next_copy(mirrored: SigningForce, mirror: FolderMirror) -> None:
    number = an_item(mirrored)
    mirrored.checkpoint()
    (chosen,) = digests(mirrored, number, "seize.description")
    assert mirror_holds(mirrored, mirror, chosen)

    erase(mirrored, number, "seize.description")
    mirrored.checkpoint()

    assert not mirror_holds(mirrored, mirror, chosen)


def test_a_replay_of_an_erasure_that_was_mirrored_does_not_bring_the_value_back(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    number = an_item(mirrored)
    backup = back_up(mirrored, tmp_path)
    erase(mirrored, number, "seize.description")
    mirrored.checkpoint()
    restore(mirrored, backup)
    assert not ledger_keeper.start(mirrored.services)

    ledger_replay.replay(mirrored.services, mirror, REASON)

    assert l1(mirrored) == ("PASS", "2 entries; 1 values erased on authority")
    assert description(mirrored, number) == "[erased]"
    assert rebuild.rebuild(mirrored.services, write=False).faults == []


def test_an_erasure_that_the_mirror_never_saw_is_not_undone_by_it(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    an_item(mirrored)
    backup = back_up(mirrored, tmp_path)
    number = an_item(mirrored)
    mirrored.checkpoint()
    (chosen,) = digests(mirrored, number, "seize.description")
    erase(mirrored, number, "seize.description", "actor")
    restore(mirrored, backup)
    assert not ledger_keeper.start(mirrored.services)

    ledger_replay.replay(mirrored.services, mirror, REASON)
    assert ledger_keeper.start(mirrored.services)

    assert description(mirrored, number) == "[erased]"
    assert "authorised by DS 4510 Supervisor" in history(mirrored, number)
    assert l1(mirrored) == ("PASS", "3 entries; 2 values erased on authority")
    assert ledger_erasure.replay(mirrored.services) == 0
    mirrored.checkpoint()
    assert not mirror_holds(mirrored, mirror, chosen)


def test_the_words_of_an_item_that_was_not_erased_do_come_back(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    an_item(mirrored)
    backup = back_up(mirrored, tmp_path)
    number = an_item(mirrored)
    mirrored.checkpoint()
    restore(mirrored, backup)
    assert not ledger_keeper.start(mirrored.services)

    ledger_replay.replay(mirrored.services, mirror, REASON)

    assert description(mirrored, number) == WORDS
