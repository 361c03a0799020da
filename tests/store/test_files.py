"""Files are kept by their content, and only whole photographs pass for photographs."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from exhibits_app.domain.errors import FileRefusal, FileTooLarge, NotAnImage, NotFound
from exhibits_app.services.ports import ImageFacts
from exhibits_app.store.files import LARGEST_BYTES, LARGEST_PIXELS, FolderFiles


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path / "files")


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """The bytes of a small grey picture."""
    buffer = BytesIO()
    Image.new("RGB", size, "grey").save(buffer, kind, **options)
    return buffer.getvalue()


def test_bytes_are_kept_under_their_sha256(files):
    name = files.put(b"a photograph")

    assert name == hashlib.sha256(b"a photograph").hexdigest()
    assert files.get(name) == b"a photograph"


def test_the_same_bytes_are_kept_once_and_nothing_else_is_left(files, tmp_path):
    files.put(b"same")
    files.put(b"same")

    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


def test_bytes_that_were_altered_on_disk_are_refused(files, tmp_path):
    name = files.put(b"original")
    (tmp_path / "files" / name[:2] / name[2:4] / name).write_bytes(b"altered!")

    with pytest.raises(FileRefusal):
        files.get(name)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_what_was_never_kept_is_not_found(files, name):
    with pytest.raises(NotFound):
        files.get(name)


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_photograph_is_known_by_its_content(files, kind, media_type):
    assert files.examine_image(a_picture(kind), "photo") == ImageFacts(media_type, 60, 40, None, None)


def test_the_time_and_camera_come_from_the_picture(files):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Acme"
    exif[ExifTags.Base.Model] = "C100\x00\x00"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:05:03 13:02:11"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] = "+01:00"

    facts = files.examine_image(a_picture(exif=exif), "photo.jpg")

    assert (facts.taken_at, facts.camera) == (datetime(2026, 5, 3, 12, 2, 11, tzinfo=UTC), "Acme C100")


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg/>", b"%PDF-1.7", b"\xff\xd8\xff\xe0 not a jpeg", a_picture("PNG")[:-30], a_picture("GIF"),
     a_picture("JPEG", (600, 400), quality=95)[:-900]],
    ids=["empty", "svg", "pdf", "only a signature", "cut png", "gif", "cut jpeg"],
)  # fmt: skip
def test_what_is_not_a_whole_photograph_is_refused(files, data):
    with pytest.raises(NotAnImage):
        files.examine_image(data, "evil.jpg")


def test_a_file_beyond_20_megabytes_is_refused(files):
    with pytest.raises(FileTooLarge):
        files.examine_image(bytes(LARGEST_BYTES + 1), "big.jpg")


@pytest.mark.parametrize("side", [int(LARGEST_PIXELS**0.5) + 1, 16_000], ids=["just over", "a bomb"])
def test_a_picture_that_declares_too_many_pixels_is_refused_before_it_is_decoded(files, side):
    buffer = BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")

    with pytest.raises(FileTooLarge):
        files.examine_image(buffer.getvalue(), "bomb.png")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255), kind=st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_damaged_photograph_is_examined_or_refused_and_nothing_else(files, at, byte, kind):
    data = bytearray(a_picture(kind, (64, 64)))
    data[at % len(data)] = byte

    try:
        files.examine_image(bytes(data), "damaged")
    except (NotAnImage, FileTooLarge):
        return
