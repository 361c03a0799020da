"""Photographs: pictures alone, kept once by what they are, and shown to those who may see the case."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from exhibits_app.domain.errors import FileRefusal, FileTooLarge, NoFile, NoRight, NotAnImage, NotFound
from exhibits_app.services import photos
from exhibits_app.services.photos import Upload
from tests.support.force import Force


def a_picture(colour: str = "red", kind: str = "JPEG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, kind)
    return file.getvalue()


def add(force: Force, item: int, data: bytes, name: str = "sheet.jpg", by: str = "officer", caption: str = "") -> str:
    return photos.add_photograph(force.services, force.person(by), item, Upload(name, data, caption))


def kept(force: Force) -> list[Path]:
    return [path for path in force.settings.files.rglob("*") if path.is_file()]


def chain(force: Force, item: int) -> list[str]:
    with force.services.store.read() as work:
        return [entry.type for entry in work.ledger.of_item(item)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_kept_unaltered_and_on_record(force: Force, kind: str) -> None:
    (item,) = force.items(force.case())

    sha256 = add(force, item, a_picture(kind=kind))

    assert photos.see_photograph(force.services, force.person("supervisor"), item, sha256) == (
        a_picture(kind=kind),
        f"image/{kind.lower()}",
    )
    assert chain(force, item) == ["seize", "photograph"]


@pytest.mark.parametrize("data", [b"just text", b"", a_picture()[:200], b"GIF89a" + bytes(100)])
def test_what_is_no_picture_is_refused_whatever_its_name_says(force: Force, data: bytes) -> None:
    (item,) = force.items(force.case())

    with pytest.raises(NotAnImage):
        add(force, item, data, "photograph.jpg")

    assert (kept(force), chain(force, item)) == ([], ["seize"])


def test_fifty_megabytes_are_refused_with_the_limit(force: Force) -> None:
    (item,) = force.items(force.case())

    with pytest.raises(FileTooLarge) as refused:
        add(force, item, a_picture() + bytes(50 * 1024 * 1024), "huge.jpg")

    assert "20 MB" in refused.value.sentence()
    assert (kept(force), chain(force, item)) == ([], ["seize"])


def test_no_file_is_asked_for_by_name(force: Force) -> None:
    (item,) = force.items(force.case())

    with pytest.raises(NoFile):
        add(force, item, b"", "")


def test_the_same_bytes_are_kept_once_for_two_items(force: Force) -> None:
    first, second = force.items(force.case(), 2)

    hashes = {add(force, item, a_picture()) for item in (first, second)}

    assert [path.name for path in kept(force)] == list(hashes)
    assert chain(force, second) == ["seize", "photograph"]


def test_a_photograph_of_one_item_is_not_had_through_another(force: Force) -> None:
    first, second = force.items(force.case(), 2)
    sha256 = add(force, first, a_picture())

    with pytest.raises(NotFound):
        photos.see_photograph(force.services, force.person("officer"), second, sha256)


def test_those_who_may_not_see_the_case_are_served_nothing(force: Force) -> None:
    (item,) = force.items(force.case(restricted=True))
    sha256 = add(force, item, a_picture())

    for name in ("other", "supervisor", "submissions", "property_officer", "administrator"):
        with pytest.raises(NotFound):
            photos.see_photograph(force.services, force.person(name), item, sha256)
    with force.services.store.read() as work:
        assert work.accounts.reads() == []


def test_looking_at_a_photograph_is_logged(force: Force) -> None:
    (item,) = force.items(force.case())
    sha256 = add(force, item, a_picture())

    photos.see_photograph(force.services, force.person("supervisor"), item, sha256, small=True)

    with force.services.store.read() as work:
        (read,) = work.accounts.reads()
    assert (read["person"], read["what"], read["subject"]) == (force.people["supervisor"].id, "photograph", item)


def test_those_who_may_only_look_add_nothing(force: Force) -> None:
    (item,) = force.items(force.case())

    with pytest.raises(NoRight):
        add(force, item, a_picture(), by="submissions")

    assert kept(force) == []


def test_a_photograph_changed_on_disk_is_not_served(force: Force) -> None:
    (item,) = force.items(force.case())
    sha256 = add(force, item, a_picture())
    (path,) = kept(force)
    path.chmod(0o600)
    path.write_bytes(a_picture("blue"))

    with pytest.raises(FileRefusal):
        photos.see_photograph(force.services, force.person("officer"), item, sha256)
