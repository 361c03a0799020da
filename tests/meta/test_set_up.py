"""The set-up: what it remembers, what it says when it may not install, and the assets it builds."""

import subprocess
import sys

import pytest

from tests.support.project import ROOT
from tools import assets
from tools.setup import instance, system
from tools.setup.stamps import Stamp

MISSING = system.Part("no-such-part", "nothing glows", lambda: False)
PRESENT = system.Part("python3", "nothing runs", lambda: True)


def test_a_stamp_holds_until_a_source_changes(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text("one")
    Stamp(tmp_path / "stamp", [lock]).set()

    before = Stamp(tmp_path / "stamp", [lock]).holds()
    lock.write_text("two")
    after = Stamp(tmp_path / "stamp", [lock]).holds()

    assert (before, after) == (True, False)


def test_a_missing_part_without_the_right_to_install_is_one_sentence(monkeypatch, capfd):
    monkeypatch.setenv("PATH", "")  # No apt-get, no sudo.

    system.provide([PRESENT, MISSING])

    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == (
        "NOTE: Without no-such-part nothing glows; ask someone with root rights for: apt-get install no-such-part\n"
    )


def test_a_machine_with_everything_hears_nothing(capfd):
    system.provide([PRESENT])

    assert capfd.readouterr() == ("", "")


def test_an_instance_of_this_version_is_left_as_it_is(tmp_path, monkeypatch, capfd):
    kept = tmp_path / "instance" / "exhibits.db"
    kept.parent.mkdir()
    kept.write_bytes(b"2,000 exhibits")
    instance.version(kept.parent).set()
    monkeypatch.setenv("EXHIBITS_INSTANCE", str(kept.parent))

    instance.provide()

    assert [path.name for path in tmp_path.iterdir()] == ["instance"]
    assert kept.read_bytes() == b"2,000 exhibits"
    assert capfd.readouterr() == ("", "")


def test_set_up_imports_nothing_but_the_standard_library():
    command = [sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, '.'); import tools.setup.__main__"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stderr == ""


@pytest.mark.parametrize("mark", ["@font-face", "GDS Transport", "/assets/", "Margaret Calvert", "sourceMappingURL"])
def test_the_style_sheet_carries_nothing_that_is_for_gov_uk_alone(mark):
    original = (assets.INSTALLED / "govuk-frontend.min.css").read_text("utf-8")

    ours = assets.without_govuk_brand(original)

    assert mark in original
    assert mark not in ours


def test_the_style_sheet_keeps_its_rules_and_gets_system_fonts():
    ours = assets.without_govuk_brand((assets.INSTALLED / "govuk-frontend.min.css").read_text("utf-8"))

    assert f".govuk-link{{font-family:{assets.OWN_FONTS};" in ours
    assert ours.count("{") == ours.count("}")


def test_a_style_sheet_of_another_make_is_refused_rather_than_served():
    with pytest.raises(assets.AssetsChanged, match="/assets/"):
        assets.without_govuk_brand(".crown{background:url('/assets/crown.svg')}")


def test_the_reader_of_codes_names_nobody_outside():
    built = {path.name: path.read_text("utf-8") for path in (assets.BUILD / "zxing").rglob("*.js")}

    assert built.keys() == {"share.js", "index.js"}
    assert [name for name, script in built.items() if "http" in script] == []
    assert (assets.BUILD / "zxing" / "zxing_reader.wasm").read_bytes()[:4] == b"\0asm"
    with pytest.raises(assets.AssetsChanged, match="names no address"):
        assets.without_outside("export const here = 1")


def test_what_was_built_is_what_would_be_built():
    original = (assets.INSTALLED / "govuk-frontend.min.css").read_text("utf-8")

    built = (assets.BUILD / "govuk-frontend.min.css").read_text("utf-8")

    assert built == assets.without_govuk_brand(original)
