"""Evidence bundles and erasing from the pages: what is withheld and why is on the log of reads, two people erase."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exhibits_app.services import ledger_erasure
from tests.support.force import PASSWORD, sign_in
from tests.support.ledger import SigningForce, a_signing_force, verify_bundle
from tests.support.pages import PageRead, fetch, send

SECRET = "Sheet of the witness Quillfeather"


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    made = a_signing_force(tmp_path)
    made.case = made.force.case()
    made.force.items(made.case, 2, description=SECRET)
    yield made
    made.services.store.close()


def client(signing: SigningForce, name: str = "disclosure_officer") -> Any:
    made = signing.force.app().test_client()
    sign_in(made, name)
    return made


def box(page: PageRead, words: str) -> str:
    """The value of the first tick box whose label begins with these words."""
    for label in page.all("label"):
        if "".join(label.itertext()).strip().startswith(words):
            return page.field(label.get("for", "")).get("value", "")
    raise LookupError(words)


def reads(signing: SigningForce) -> str:
    return fetch(client(signing, "professional_standards"), "/logs/reads").text


def checked(answer: Any, signing: SigningForce, folder: Path) -> dict[str, tuple[str, str]]:
    path = folder / "b.zip"
    path.write_bytes(answer.data)
    code, levels = verify_bundle(path, "--origin", signing.origin(), "--log-key", signing.key())
    assert code == 0
    return levels


def erasing(page: PageRead, **given: str) -> dict[str, Any]:
    form = {
        "erase": [box(page, "Description")], "authority": "Crown Court order 3", "reason": "Witness protection",
        "authoriser": "supervisor", "password": PASSWORD,
    }  # fmt: skip
    return form | given


def test_a_bundle_without_anything_withheld_verifies_and_is_on_the_log_of_reads(
    signing: SigningForce, tmp_path: Path
) -> None:
    answer = client(signing).post("/items/1/evidence")

    assert answer.mimetype == "application/zip"
    assert 'filename="evidence-1.zip"' in answer.headers["Content-Disposition"]
    assert checked(answer, signing, tmp_path)["L1"][1].endswith("0 erased on record, 0 withheld")
    assert "Evidence bundle AB/1" in reads(signing)
    assert "Nothing was withheld." in reads(signing)


def test_a_withheld_value_is_not_in_the_bundle_and_the_reason_is_logged(signing: SigningForce, tmp_path: Path) -> None:
    page = fetch(client(signing), "/items/1/evidence")
    form = {"withhold": box(page, "Description"), "reason": "Names a protected witness"}

    answer = client(signing).post("/items/1/evidence", data=form)

    assert checked(answer, signing, tmp_path)["L1"][1].endswith("1 withheld")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert "Names a protected witness" in packed.read("withheld.jsonl").decode()
    assert "Withheld: description (entry 1, seizure). Reason: Names a protected witness" in reads(signing)


def test_withholding_needs_a_reason(signing: SigningForce) -> None:
    asked = client(signing)
    chosen = box(fetch(asked, "/items/1/evidence"), "Description")

    page = send(asked, "/items/1/evidence", {"withhold": chosen}, 422)

    assert page.error_at("reason") == "Enter why these values are withheld."
    assert page.field(f"withhold-{chosen[:16]}").get("checked") is not None
    assert "Evidence bundle" not in reads(signing)


def test_of_a_case_a_name_is_withheld_from_every_item(signing: SigningForce, tmp_path: Path) -> None:
    asked = client(signing)
    chosen = box(fetch(asked, "/cases/1/evidence"), "Seizure: description (2 values)")

    answer = asked.post("/cases/1/evidence", data={"withhold": chosen, "reason": "Not in issue"})

    assert checked(answer, signing, tmp_path)["L1"][1].startswith("2 entries")
    assert checked(answer, signing, tmp_path)["L1"][1].endswith("2 withheld")
    assert "Evidence bundle of case 01AB/1/26" in reads(signing)
    assert "Withheld: Seizure: description. Reason: Not in issue" in reads(signing)


def test_a_value_that_is_not_the_items_is_refused(signing: SigningForce) -> None:
    page = send(client(signing), "/items/1/evidence", {"withhold": "ab" * 32, "reason": "why"}, 409)

    assert [at for at, _ in page.summary] == ["chosen"]
    assert "one of the values is not on record any more" in page.text


def test_two_people_erase_a_value_and_the_history_says_so(signing: SigningForce) -> None:
    asked = client(signing)

    page = send(asked, "/items/1/erase", erasing(fetch(asked, "/items/1/erase")))

    assert "1 value is erased" in page.text
    assert "on the authority of Crown Court order 3, authorised by DS 4510 Supervisor" in page.text
    assert "Quillfeather" not in page.html
    assert "Erased already: description." in fetch(asked, "/items/1/evidence").text


def test_the_second_person_gives_their_own_name_and_password(signing: SigningForce) -> None:
    asked = client(signing)
    page = fetch(asked, "/items/1/erase")

    wrong = send(asked, "/items/1/erase", erasing(page, password="wrong"), 401)
    own = send(client(signing, "supervisor"), "/items/1/erase", erasing(page), 409)
    without_right = send(asked, "/items/1/erase", erasing(page, authoriser="officer"), 409)

    assert wrong.error_at("authoriser") == "The sign-in name or password is wrong. Check both and try again."
    assert "Nobody authorises their own act." in own.error_at("authoriser")
    assert without_right.error_at("authoriser").startswith("PC 4507 Officer may not authorise erasing")
    assert wrong.value("authority") == "Crown Court order 3"
    assert "Quillfeather" in wrong.html
    assert ledger_erasure.erased_digests(signing.services) == frozenset()


def test_erasing_needs_a_value_an_authority_and_a_reason(signing: SigningForce) -> None:
    asked = client(signing)
    page = fetch(asked, "/items/1/erase")

    for name, sentence in (
        ("erase", "Enter at least one value to erase."),
        ("authority", "Enter the authority, like the court and the date of its order."),
        ("reason", "Enter the reason."),
    ):
        again = send(asked, "/items/1/erase", erasing(page) | {name: []}, 422)
        assert [line for _, line in again.summary] == [sentence]


def test_only_names_and_words_are_offered_for_erasing(signing: SigningForce) -> None:
    text = fetch(client(signing), "/items/1/erase").text

    assert "Who seized it:" in text
    assert "Exhibit reference" not in text
