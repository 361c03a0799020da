"""Checkpoints on paper and erasing, at the command line."""

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from click.testing import CliRunner, Result
from PIL import Image

from exhibits_app.bootstrap import Assembly
from exhibits_app.cli.main import cli
from exhibits_app.settings import Settings
from tests.cli.conftest import Shell
from tests.support.force import PASSWORD
from tests.support.ledger import SigningForce, a_signing_force


def code_in(pdf: Path) -> str:
    """The text of the only QR code on the first page, as a scanner reads it."""
    picture = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-singlefile", "-png", str(pdf), str(picture)], check=True)
    with Image.open(picture.with_suffix(".png")) as image:
        (found,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


@pytest.fixture
def signing(tmp_path: Path) -> SigningForce:
    """A force whose database is closed, so that the command line has it alone."""
    made = a_signing_force(tmp_path)
    made.items(2)
    made.services.store.close()
    return made


def typed(signing: SigningForce, *words: str, lines: tuple[str, ...] = ()) -> Result:
    return said(signing, "ledger", *words, lines=lines)


def said(signing: SigningForce, *words: str, lines: tuple[str, ...] = ()) -> Result:
    assembly = Assembly(Settings(instance=signing.folder, secret_key="test"))
    given = "".join(f"{line}\n" for line in lines)
    result = CliRunner().invoke(cli, words, obj=assembly, prog_name="exhibits", input=given)
    assembly._store.close()
    signing.services.store.close()
    return result


def test_a_daily_print_is_an_anchor_that_the_log_is_compared_with(signing: SigningForce, tmp_path: Path) -> None:
    made = typed(signing, "daily-print", str(tmp_path / "day.pdf"))
    text = code_in(tmp_path / "day.pdf")

    checked = typed(signing, "verify", "--paper", text)

    assert made.exit_code == checked.exit_code == 0, made.output + checked.output
    assert text.split(" ")[:2] == ["exhibits/1", signing.origin()]
    assert "L5  PASS" in checked.output


def test_paper_with_another_root_is_a_rewritten_history(signing: SigningForce) -> None:
    typed(signing, "checkpoint")
    other = f"exhibits/1 {signing.origin()} 2 {'A' * 43}="

    checked = typed(signing, "verify", "--paper", other)

    assert checked.exit_code == 1
    assert "L5  FAIL" in checked.output
    assert "Somebody holds a checkpoint of size 2 with another root: history was rewritten." in checked.output


def test_paper_of_another_log_and_text_that_is_no_checkpoint_are_refused(signing: SigningForce) -> None:
    foreign = typed(signing, "verify", "--paper", f"exhibits/1 another.example/log 2 {'A' * 43}=")
    nonsense = typed(signing, "verify", "--paper", "E-4KT9-22RM-7")

    assert "is of the log another.example/log, not of this one" in foreign.output
    assert nonsense.exit_code == 1
    assert "That is not a checkpoint from paper" in nonsense.output


def test_a_day_before_the_first_checkpoint_has_no_print(signing: SigningForce, tmp_path: Path) -> None:
    refused = typed(signing, "daily-print", str(tmp_path / "day.pdf"), "--day", "2020-01-01")

    assert refused.exit_code == 1
    assert "nothing was signed by then" in refused.output


def test_a_bundle_from_the_command_line_is_on_the_log_of_reads(signing: SigningForce, tmp_path: Path) -> None:
    out = str(tmp_path / "b.zip")

    without_reason = typed(signing, "bundle", out, "--exhibit", "1", "--withhold", "seize.description")
    made = typed(
        signing, "bundle", out, "--exhibit", "1", "--withhold", "seize.description", "--reason", "Not in issue"
    )

    assert without_reason.exit_code == 2
    assert made.exit_code == 0, made.output
    with signing.services.store.read() as work:
        (read,) = [one for one in work.accounts.reads() if one["what"] == "evidence bundle"]
    assert read["person"] is None
    assert str(read["note"]).startswith("Withheld: Seizure: description. Reason: Not in issue Taken by the account")
    signing.services.store.close()


ERASE = ("erase", "1", "--authority", "Crown Court order 3", "--reason", "Witness", "--by", "disclosure_officer")


def test_two_people_erase_at_the_command_line_with_their_passwords(signing: SigningForce) -> None:
    done = typed(
        signing, *ERASE, "--value", "seize.description", "--authorised-by", "supervisor", lines=(PASSWORD, PASSWORD)
    )
    again = typed(signing, "replay-erasures")

    assert done.exit_code == 0, done.output
    assert "Erased 1 of the values of item 1." in done.output
    assert PASSWORD not in done.output
    assert "Nothing had come back." in again.output
    assert "1 values erased on authority" in typed(signing, "verify").output
    assert "1 values were erased on authority." in said(signing, "rebuild", "--check").output


@pytest.mark.parametrize(
    ("second", "passwords", "sentence"),
    [
        ("supervisor", (PASSWORD, "wrong"), "The sign-in name or password is wrong."),
        ("disclosure_officer", (PASSWORD, PASSWORD), "Nobody authorises their own act."),
    ],
)
def test_a_wrong_password_or_ones_own_name_twice_erases_nothing(
    signing: SigningForce, second: str, passwords: tuple[str, ...], sentence: str
) -> None:
    refused = typed(signing, *ERASE, "--value", "seize.description", "--authorised-by", second, lines=passwords)

    assert refused.exit_code == 1
    assert sentence in refused.output
    assert "erased on authority" not in typed(signing, "verify").output


def test_a_misspelt_name_erases_nothing(signing: SigningForce) -> None:
    refused = typed(
        signing, *ERASE, "--value", "descripton", "--authorised-by", "supervisor", lines=(PASSWORD, PASSWORD)
    )

    assert refused.exit_code == 1
    assert "No value there is called descripton." in refused.output


def test_an_empty_instance_says_what_is_missing(shell: Shell) -> None:
    for words in (("daily-print", "x.pdf"), ("replay-erasures",)):
        assert "Run `exhibits init` first" in shell.run("ledger", *words).output
