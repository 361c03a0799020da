"""The pages of forensic submissions, from the case's tick boxes to the authority."""

import re

from tests.support.pages import inspect
from tests.support.submitted import authorised, find, to_submit


def fill(**more: str) -> dict[str, object]:
    return {
        "item": ["1", "2"], "laboratory": "5", "grade": "F1", "contact": "PC 4521", "circumstances": "Found in bed.",
        "examinations-all": ["dna"], "questions-all": "Whose blood?", "questions-2": "Which drug?", "go": "offer",
    } | more  # fmt: skip


def test_a_submission_goes_from_the_ticks_of_its_case_to_its_authority(force, client_of):
    items = force.items(force.case(), 3)
    to_submit(force, items[:2])
    officer, unit = client_of("officer"), client_of("submissions")

    case = inspect(officer.get("/cases/1"))
    assert "/cases/1/submissions/new" in case.html
    choose = inspect(officer.get("/cases/1/submissions/new"))
    assert "AB/3" in choose.text
    assert "Nobody has decided that it is examined" in choose.text
    form = inspect(officer.get("/cases/1/submissions/new?item=1&item=2&item=3"))
    assert "AB/3: nobody has decided" in form.text
    refused = inspect(officer.post("/cases/1/submissions/new", data=fill(needed_by="soon")), 422)
    assert [field for field, _ in refused.summary] == ["needed_by"]
    assert "Which drug?" in refused.html
    built = officer.post("/cases/1/submissions/new", data=fill(needed_by="28/11/2026", urgency="Inquest"))
    assert built.location == "/submissions/1"

    waiting = inspect(unit.get("/submissions"))
    assert "Submissions (1)" in waiting.html
    read = inspect(unit.get("/submissions/1"))
    assert "28/11/2026: Inquest" in read.text
    seen = re.search(r'name="seen" value="(\w+)"', read.html)[1]
    assert 'name="seen"' not in inspect(officer.get("/submissions/1")).html
    done = inspect(unit.post("/submissions/1/authorise", data={"seen": seen}, follow_redirects=True))
    assert "authorised under your name" in done.html
    assert [line.questions for line in find(force, 1).content.lines] == ["Whose blood?", "Which drug?"]
    form = inspect(unit.get("/submissions/1/form"))
    assert "Whose blood?" in form.text
    assert "PC 4507 Officer" in form.text
    paper = unit.get("/submissions/1/form.pdf").data
    assert paper.startswith(b"%PDF")
    assert paper == unit.get("/submissions/1/form.pdf?version=1").data
    assert unit.get("/submissions/1/form?version=2").status_code == 404
    assert "authorised under" in inspect(officer.get("/items/1")).text


def test_a_step_that_is_refused_says_why_beside_it(force, client_of):
    items = force.items(force.case(), 1)
    to_submit(force, items)
    officer = client_of("officer")
    officer.post("/cases/1/submissions/new", data=fill(item=["1"], go="draft"))
    assert inspect(officer.get("/submissions/1/exhibits")).status == 200
    changed = officer.post("/submissions/1/change", data=fill(item=["1"], grade="", go="draft"))
    assert changed.location == "/submissions/1"

    refused = inspect(officer.post("/submissions/1/offer"), 422)
    assert refused.summary == [("grade", "Enter the forensic grade.")]
    officer.post("/submissions/1/change", data=fill(item=["1"], go="draft"))
    authorised(force, 1)
    revise = inspect(officer.post("/submissions/1/revise", data={"revise-reason": ""}), 422)
    assert revise.summary == [("revise-reason", "Enter why it is changed.")]
    gone = officer.post("/submissions/1/withdraw", data={"withdraw-reason": "Not needed"}, follow_redirects=True)
    assert "Withdrawn by" in inspect(gone).text
    assert "Withdrawn" in inspect(officer.get("/submissions?state=withdrawn")).text
