"""Photographs of an item through its page: kept, shown to those who may, and refused in one sentence."""

from io import BytesIO

import pytest
from PIL import Image

from tests.support.pages import fetch, send

FIFTY_MB = 50 * 1024 * 1024


@pytest.fixture
def item(force):
    return force.items(force.case())[0]


def a_photograph(kind="JPEG", size=(1200, 900)):
    image = Image.effect_noise(size, 60).convert("RGB")
    data = BytesIO()
    image.save(data, kind)
    return data.getvalue()


def upload(client, data, name="IMG_1.jpg", status=200, **given):
    return send(client, "/items/1/photographs", {"photograph": (BytesIO(data), name)} | given, status=status)


def test_a_photograph_is_kept_and_its_fingerprint_is_in_the_history(force, officer, item):
    page = upload(officer, a_photograph(), caption="The knife as found")

    assert "The photograph is kept" in page.text
    assert "added a photograph of AB/1 (1200 x 900, SHA-256" in page.text
    assert [one.get("alt") for one in page.all("img")] == ["The knife as found"]


def test_the_photograph_comes_back_byte_for_byte_and_small_for_the_list(officer, item):
    data = a_photograph()
    page = upload(officer, data)
    small = next(page.all("img")).get("src")

    whole = officer.get(small.partition("?")[0])
    thumbnail = officer.get(small)

    assert whole.data == data
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert whole.headers["Cache-Control"] == thumbnail.headers["Cache-Control"] == "no-store"
    with Image.open(BytesIO(thumbnail.data)) as image:
        assert image.size == (480, 360)


def test_a_thumbnail_is_upright_and_tells_nothing_of_the_camera(officer, item):
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned: the camera was held on its side.
    exif[0x0110] = "Camera of the force"
    data = BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(data, "JPEG", exif=exif)
    page = upload(officer, data.getvalue())

    thumbnail = officer.get(next(page.all("img")).get("src")).data

    with Image.open(BytesIO(thumbnail)) as image:
        assert image.size == (360, 480)
        assert not image.getexif()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_pictures_are_kept_as_well(officer, item, kind):
    page = upload(officer, a_photograph(kind, (300, 200)), name="picture")

    assert officer.get(next(page.all("img")).get("src")).headers["Content-Type"] == "image/jpeg"


def test_nobody_sees_a_photograph_of_a_case_that_is_not_theirs(force, officer, client_of, item):
    address = next(upload(officer, a_photograph()).all("img")).get("src")

    assert client_of("other").get(address).status_code == 404
    assert client_of("property_officer").get(address).status_code == 403


def test_no_file_is_refused_in_one_sentence(officer, item):
    page = send(officer, "/items/1/photographs", {"caption": "The knife"}, status=422)

    assert page.summary == [("photograph", "Choose a photograph first: a JPEG, PNG or WebP picture.")]
    assert page.value("caption") == "The knife"


def test_a_text_file_named_jpg_is_refused_in_one_sentence(force, officer, item):
    page = upload(officer, b"This is a note.", name="IMG_1.jpg", status=422)

    assert page.error_at("photograph") == (
        "IMG_1.jpg is not a photograph that can be read. Choose a JPEG, PNG or WebP picture."
    )
    assert "added a photograph" not in page.text


def test_half_a_photograph_is_refused_in_one_sentence(officer, item):
    data = a_photograph()

    page = upload(officer, data[: len(data) // 2], status=422)

    assert "is not a photograph that can be read." in page.error_at("photograph")


def test_a_photograph_of_fifty_megabytes_is_refused_in_one_sentence(officer, item):
    page = upload(officer, a_photograph() + b"\0" * FIFTY_MB)

    assert page.error_at("photograph") == (
        "The photograph is larger than 20 MB. Take the photograph at a lower resolution and try again."
    )
    assert "added a photograph" not in page.text


def test_a_photograph_just_over_the_limit_is_refused_in_one_sentence(officer, item):
    page = upload(officer, a_photograph() + b"\0" * (20 * 1024 * 1024), status=413)

    assert page.error_at("photograph").startswith("IMG_1.jpg is larger than 20 MB.")


def test_a_caption_of_ten_thousand_characters_is_refused_and_kept(officer, item):
    page = upload(officer, a_photograph(), caption="x" * 10_000, status=422)

    assert page.error_at("caption") == "The caption must be 500 characters or fewer; this is 10,000. Shorten it."
    assert len(page.value("caption")) == 10_000


def test_a_file_name_of_any_kind_is_no_matter(officer, item):
    page = upload(officer, b"no picture", name="\U0001f52a" * 3_000 + "صورة.jpg", status=422)

    assert len(page.error_at("photograph")) < 250


def test_those_who_only_see_the_case_add_no_photograph(client_of, item):
    coroner = client_of("coroners_officer")

    assert "photograph-form" not in fetch(coroner, "/items/1").html
    assert coroner.post("/items/1/photographs", data={}).status_code == 403
