"""Boxes after a restore: the mirror's entries tell of them, since what lies in a box the items say."""

from dataclasses import replace
from pathlib import Path

from exhibits_app.domain.boxes import Box
from exhibits_app.services import boxes, labels, ledger_replay
from exhibits_app.store.mirror import FolderMirror
from tests.ledger.restored import lose
from tests.support.acted import acted
from tests.support.ledger import SigningForce


def test_a_box_that_the_backup_never_had_is_there_again(signing: SigningForce, tmp_path: Path) -> None:
    mirror = FolderMirror(tmp_path / "mirror")
    assert signing.services.signing is not None
    signing.services = replace(signing.services, signing=replace(signing.services.signing, mirror=mirror))
    force, signing.force.services = signing.force, signing.services
    codes = force.labels(signing.items(2))
    shelf, safe = force.place_code(force.shelf), force.place_code(force.safe)
    made: list[Box] = []

    def meanwhile() -> None:
        by = force.person("property_officer")
        made.append(boxes.open_box(force.services, by, "Box 17", force.shelf.id))
        code = labels.print_box_labels(force.services, by, [made[0].id], "L7160").codes[0]
        acted(force, "BOOK_IN", codes, to=shelf)
        acted(force, "PUT_IN", codes, to=code)
        acted(force, "MOVE", [code], to=safe, reason="to the safe")

    lose(signing, tmp_path / "restored", meanwhile)
    ledger_replay.replay(signing.services, mirror, "the disk failed")

    seen = boxes.see(signing.services, force.person("property_officer"), made[0].id)
    assert (seen.box.name, seen.box.place, seen.items) == ("Box 17", force.safe.ref, 2)
    new = boxes.open_box(signing.services, force.person("property_officer"), "Box 18", force.shelf.id)
    assert new.id > made[0].id
