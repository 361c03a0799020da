"""Pictures of scans, the same on both databases."""

from dataclasses import replace

import pytest

from exhibits_app.domain.errors import ChangedMeanwhile
from exhibits_app.services.ports import RecordedAct, RecordedScan, ScanPicture
from exhibits_app.store.database import SqlStore

from .parts import NOON, a_world, book_in, register


def test_a_picture_is_kept_once_for_a_scan_that_led_to_an_event_of_an_act(store: SqlStore):
    world = a_world(store)

    def make(work):
        number = register(work, world)
        envelope = book_in(work, world, number).envelope
        work.acts.add(RecordedAct(envelope.act, "ab", "BOOK_IN", 7, 1, world.officer.id, NOON, {}))
        picture = ScanPicture(envelope.id, number, "cd", 7, NOON)
        work.scan_pictures.add(picture)
        return picture

    picture = store.write(make)

    with store.read() as work:
        pictures = work.scan_pictures
        assert pictures.recorded(picture.scan) == RecordedScan(picture.register_no, 7)
        assert pictures.find(picture.scan) == picture
        assert pictures.of_item(picture.register_no) == [picture]
        assert pictures.recorded("no scan") is pictures.find("no scan") is None
        assert pictures.of_item(picture.register_no + 1) == []
    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.scan_pictures.add(replace(picture, sha256="ef")))
