"""Settings with a form of their own: what can be read is, and what cannot ends the command with a sentence."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from exhibits_app.domain.note import VerifierKey
from exhibits_app.settings import Settings, read_witnesses
from tests.domain.ledger_example import LOG_KEY, WITNESS_KEY

ADDRESS = "https://witness.example/w1"


def test_witnesses_stand_in_the_setting_or_in_a_file(tmp_path: Path) -> None:
    line = f"{WITNESS_KEY} {ADDRESS}"
    (tmp_path / "witnesses").write_text(f"# whom we ask, and why\n{line}\n\n{line}\n", "utf-8")

    assert read_witnesses(f"{line}, {line}") == [(WITNESS_KEY, ADDRESS)] * 2
    assert read_witnesses(str(tmp_path / "witnesses")) == [(WITNESS_KEY, ADDRESS)] * 2
    assert read_witnesses("") == []


@pytest.mark.parametrize(
    "value",
    [f"{LOG_KEY} {ADDRESS}", f"{WITNESS_KEY} nowhere", f"{WITNESS_KEY} ", "no-such-file", "two words", "a b c"],
)
def test_what_is_no_witness_is_refused_at_start(value: str) -> None:
    with pytest.raises(ValidationError):
        Settings(witnesses=value)


def test_a_key_of_a_witness_says_its_name() -> None:
    ((key, _),) = read_witnesses(f"{WITNESS_KEY} {ADDRESS}")

    assert key == VerifierKey.parse(str(WITNESS_KEY))
