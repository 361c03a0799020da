"""The ledger's paper: receipts, the daily print, checkpoints as files, and sheets that were signed and filed."""

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from exhibits_app.domain import paper
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.events import Envelope, SealApplied
from exhibits_app.services import acts
from exhibits_app.services.act_shapes import Act, ScannedItem
from exhibits_app.services.recording import Happening, record
from tests.support.acted import acted
from tests.support.force import sign_in
from tests.support.ledger import SigningForce, a_signing_force
from tests.support.pages import fetch, send


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    made = a_signing_force(tmp_path)
    yield made
    made.services.store.close()


def client(signing: SigningForce, name: str = "auditor") -> Any:
    made = signing.force.app().test_client()
    sign_in(made, name)
    return made


def words_of(pdf: bytes, folder: Path) -> str:
    """The text of a PDF on one line."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def checkpoint_on(pdf: bytes, folder: Path, dpi: int = 300) -> Checkpoint:
    """The checkpoint in the QR code of the first page, as a scanner reads it from paper."""
    (folder / "seen.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-singlefile", "-png", "seen.pdf", "seen"]
    subprocess.run(command, check=True, cwd=folder)
    with Image.open(folder / "seen.png") as image:
        found = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    (text,) = [one.text for one in found if one.text.startswith(paper.FORM)]
    return paper.read(text)


def signed_out(signing: SigningForce) -> list[int]:
    """Two items that one act signed out to the officer, the entry of each its third after the label's."""
    force = signing.force
    signing.case = force.case()
    numbers = force.items(signing.case, 2)
    codes = force.labels(numbers)
    acted(force, "BOOK_IN", codes, to=force.place_code(force.shelf))
    device, _ = force.device()
    receiver = force.turn(device, "officer")
    force.clock.move(minutes=5)
    sign_out(signing, codes, device, receiver)
    return numbers


def sign_out(signing: SigningForce, codes: list[str], device: Any, receiver: str) -> None:
    force = signing.force
    act = Act(
        id=force.services.ids.event_id(),
        kind="SIGN_OUT",
        device_seq=1,
        occurred_at=force.clock.at,
        items=tuple(ScannedItem(force.services.ids.event_id(), code) for code in codes),
        content={},
        operator=force.turn(device, "property_officer"),
        receiver=receiver,
        purpose="Digital examination",
        due_back=force.clock.at + timedelta(days=3),
    )
    (verdict,) = acts.perform(force.services, device, [act])
    assert verdict["status"] == "recorded", verdict


def test_a_receipt_says_who_what_when_and_which_seals_and_carries_a_checkpoint_that_covers_it(
    signing: SigningForce, tmp_path: Path
) -> None:
    signed_out(signing)

    answer = client(signing, "supervisor").get("/items/1/entries/3/receipt.pdf")

    said = words_of(answer.data, tmp_path)
    assert answer.mimetype == "application/pdf"
    for words in (
        "Receipt: signed out", "Given by 4516 Property Officer", "Received by PC 4507 Officer", "Digital examination",
        "10:05 on 4 May 2026", "AB/1 Bed sheet S100", "AB/2 Bed sheet S101", "Date and time",
    ):  # fmt: skip
        assert words in said, said
    found = checkpoint_on(answer.data, tmp_path)
    with signing.services.store.read() as work:
        last = work.checkpoints.last()
        assert last is not None
        assert (found.size, found.root) == (last.size, last.root)
        assert found.size == work.ledger.size()


def test_a_receipt_that_is_printed_again_still_states_the_seal_of_its_own_time(
    signing: SigningForce, tmp_path: Path
) -> None:
    (number, _) = signed_out(signing)
    now, ids = signing.force.clock.at + timedelta(hours=1), signing.services.ids
    envelope = Envelope(ids.event_id(), now, now, signing.force.person("officer").ref, ids.event_id())
    signing.services.store.write(
        lambda work: record(
            work, ids, work.policies.current(now), [Happening(work.items.hold(number), envelope, SealApplied("S999"))]
        )
    )

    said = words_of(client(signing, "supervisor").get(f"/items/{number}/entries/3/receipt.pdf").data, tmp_path)

    assert "AB/1 Bed sheet S100" in said


def test_whoever_took_it_and_whoever_gave_it_may_have_the_receipt_and_a_stranger_may_not(
    signing: SigningForce,
) -> None:
    signed_out(signing)

    got = {
        name: client(signing, name).get("/items/1/entries/3/receipt.pdf").status_code
        for name in ("officer", "property_officer", "other", "auditor")
    }

    assert got == {"officer": 200, "property_officer": 200, "other": 404, "auditor": 404}
    assert "Receipt AB/1" in fetch(client(signing, "professional_standards"), "/logs/reads").text


def test_the_history_links_to_the_receipt_of_a_handing_over_and_of_nothing_else(signing: SigningForce) -> None:
    signed_out(signing)

    page = fetch(client(signing, "supervisor"), "/items/1")

    links = [one.get("href") for one in page.all("a") if "/receipt.pdf" in (one.get("href") or "")]
    assert links == ["/items/1/entries/3/receipt.pdf"]
    assert client(signing, "supervisor").get("/items/1/entries/0/receipt.pdf").status_code == 404


def test_a_sheet_of_labels_carries_the_last_checkpoint(signing: SigningForce, tmp_path: Path) -> None:
    signing.items(1)
    last = signing.checkpoint()
    (number,) = signing.items(1)
    asked = client(signing, "officer")

    asked.post("/labels", data={"item": number, "stock": "L7160", "start_at": "1"})
    sheet = asked.get("/labels/1/labels.pdf").data

    assert checkpoint_on(sheet, tmp_path, 400).root == last.root
    assert f"{last.size} entries, {paper.short(last.root)}" in words_of(sheet, tmp_path)


def test_a_roll_of_labels_has_no_room_for_one(signing: SigningForce, tmp_path: Path) -> None:
    signing.items(1)
    signing.checkpoint()
    asked = client(signing, "officer")

    asked.post("/labels", data={"item": 1, "stock": "thermal-100x50"})

    assert "Checkpoint" not in words_of(asked.get("/labels/1/labels.pdf").data, tmp_path)


def test_the_daily_print_names_the_log_its_size_its_root_and_its_key(signing: SigningForce, tmp_path: Path) -> None:
    signing.items(2)

    printed = client(signing).get("/ledger/daily.pdf").data

    found, said = checkpoint_on(printed, tmp_path, 150), words_of(printed, tmp_path)
    assert (found.origin, found.size) == (signing.origin(), 3)
    assert "Ledger checkpoint, 4 May 2026" in said
    assert paper.short(found.root) in said
    assert "Filed at (book and page) by" in said


def test_a_sheet_that_fits_is_an_anchor(signing: SigningForce, tmp_path: Path) -> None:
    signing.items(2)
    asked = client(signing)
    found = checkpoint_on(asked.get("/ledger/daily.pdf").data, tmp_path, 150)
    signing.items(1)

    page = send(asked, "/ledger/filed", {"text": paper.write(found), "where": "Day book 7, page 12"})

    assert "the first 3 entries cannot be rewritten unnoticed" in page.text
    assert "Size 3, signed on paper and filed at Day book 7, page 12" in page.text
    assert "signed on paper and filed at Day book 7, page 12" in page.text.split("Checkpoints")[1]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Enter the text of the code on the sheet."),
        ("E-4KT9-22RM-7", "That is not a checkpoint from paper: it is not exhibits/1, an origin, a size and a root."),
        (f"exhibits/1 other.example/log 2 {'A' * 43}=", "it is of the log other.example/log, and not of this one"),
        (f"exhibits/1 ORIGIN 2 {'A' * 43}=", "the log does not begin with it"),
        (f"exhibits/1 ORIGIN 99 {'A' * 43}=", "the log does not begin with it"),
    ],
)
def test_a_sheet_that_does_not_fit_is_no_anchor(signing: SigningForce, text: str, sentence: str) -> None:
    signing.items(2)
    signing.checkpoint()
    form = {"text": text.replace("ORIGIN", signing.origin()), "where": "Day book"}

    page = send(client(signing), "/ledger/filed", form, 409 if text else 422)

    assert sentence in page.error_at("text")
    assert page.value("where") == "Day book"


def test_the_page_lists_checkpoints_page_by_page_and_gives_each_as_a_file(signing: SigningForce) -> None:
    for _ in range(22):
        signing.items(1)
        signing.checkpoint()
    asked = client(signing)

    first = fetch(asked, "/ledger")
    second = fetch(asked, first.links["Earlier checkpoints"])
    saved = asked.get("/ledger/checkpoints/5")

    assert first.text.count("Save the checkpoint of") == 20
    assert second.text.count("Save the checkpoint of") == 2
    assert "Earlier checkpoints" not in second.links
    assert saved.data.decode().startswith(f"{signing.origin()}\n5\n")
    assert asked.get("/ledger/checkpoints/1").status_code == 404
