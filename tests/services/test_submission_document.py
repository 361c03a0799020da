"""The form of a submission on paper: its number scans, and what is not authorised says so."""

import io
import subprocess
from pathlib import Path

import cv2
import zxingcpp
from pypdf import PdfReader

from exhibits_app.services import document_pdf, submission_document
from tests.support.force import Force
from tests.support.submitted import a_draft, authorised, to_submit


def paper(force: Force) -> bytes:
    filled = submission_document.fill_in(force.services, force.person("submissions"), 1)
    return document_pdf.pdf(submission_document.document(filled))


def text_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_the_form_says_what_the_laboratory_must_know_and_its_number_scans(force: Force, tmp_path: Path) -> None:
    case = force.case()
    items = force.items(case, 1)
    to_submit(force, items)
    number = a_draft(force, case.id, items, needed_by="2026-06-01", urgency="Inquest", cost="1200")
    draft = paper(force)
    authorised(force, number)
    form = paper(force)
    (tmp_path / "form.pdf").write_bytes(form)
    command = ["pdftoppm", "-r", "150", "-gray", "-singlefile", "-png", "form.pdf", "form"]
    subprocess.run(command, cwd=tmp_path, check=True)

    assert [one.text for one in zxingcpp.read_barcodes(cv2.imread(str(tmp_path / "form.png")))] == ["FS-000001"]
    assert form == paper(force)
    assert "Not authorised" in text_of(draft)
    told = text_of(form)
    assert "Not authorised" not in told
    for words in ("1 June 2026: Inquest", "£1,200", "Whose blood is on the hem?", "S100", "4511 Submissions at"):
        assert words in told
