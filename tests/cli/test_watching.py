"""Commands that watch over a demonstration: what is overdue, who is told, whether the ledger holds."""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from exhibits_app.domain.text import instant

from .conftest import Shell

LATER = "2099-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demonstration, made once; each test has a copy."""
    shell = Shell(tmp_path_factory.mktemp("demo") / "instance")
    assert "40 invented exhibits" in shell.ok("init", "--demo", "--items", "40")
    return shell.folder


@pytest.fixture
def demo(filled: Path, tmp_path: Path) -> Shell:
    return Shell(copytree(filled, tmp_path / "instance"))


def tampered(shell: Shell, statement: str) -> None:
    with closing(sqlite3.connect(shell.folder / "exhibits.db", isolation_level=None)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(statement)


def test_overdue_prints_one_object_a_line_the_longest_overdue_first(demo: Shell) -> None:
    lines = demo.objects("overdue", "--as-at", LATER, "--limit", "5")

    assert len(lines) == 5
    assert [line["due_at"] for line in lines] == sorted(line["due_at"] for line in lines)
    late = (instant(LATER, "at", "now") - instant(lines[0]["due_at"], "at", "due")).total_seconds()
    assert lines[0]["overdue_seconds"] == int(late)
    assert set(lines[0]) == {"register_no", "ref", "case", "category", "owed", "due_at", "overdue_seconds", "where"}


def test_overdue_as_at_a_time_before_everything_says_that_nothing_is(demo: Shell) -> None:
    assert demo.ok("overdue", "--as-at", "2020-01-01T00:00:00Z").startswith("Nothing is overdue as at ")
    assert demo.objects("overdue", "--as-at", "2020-01-01T00:00:00Z") == []


def test_overdue_as_a_table_names_the_exhibit_and_where_it_is(demo: Shell) -> None:
    (first,) = demo.objects("overdue", "--as-at", LATER, "--limit", "1")

    table = demo.ok("overdue", "--as-at", LATER, "--limit", "1")

    assert all(str(first[name]) in table for name in ("ref", "register_no", "case", "category"))


def test_overdue_is_narrowed_to_a_category(demo: Shell) -> None:
    lines = demo.objects("overdue", "--as-at", LATER)
    category = lines[0]["category"]

    assert demo.objects("overdue", "--as-at", LATER, "--category", category) == [
        line for line in lines if line["category"] == category
    ]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["overdue", "--category", "BEDSHEETS"], 2),
        (["overdue", "--limit", "0"], 2),
        (["overdue", "--as-at", "yesterday"], 2),
        (["overdue", "--as-at", "2026-05-04T09:00:00"], 2),
        (["overdue", "--store", "4711"], 1),
        (["init", "--demo", "--items", "0"], 2),
    ],
)
def test_a_mistake_is_answered_with_what_to_do_and_not_with_an_empty_list(
    demo: Shell, words: list[str], status: int
) -> None:
    result = demo.run(*words)

    assert (result.exit_code, result.stdout) == (status, "")
    assert result.stderr.splitlines()[-1].startswith("Error: ")


def test_alerts_are_raised_once_and_the_second_run_raises_none(demo: Shell) -> None:
    (first,) = demo.objects("alerts", "run", "--as-at", LATER)
    (again,) = demo.objects("alerts", "run", "--as-at", LATER)

    assert first["raised"] > 0
    assert first["queued"] > 0
    assert (first["sent"], first["unaddressed"], again["raised"], again["queued"]) == (0, 0, 0, 0)


def test_alerts_that_no_server_takes_end_with_status_one(demo: Shell) -> None:
    result = demo.run("alerts", "run", smtp_url="smtp://127.0.0.1:9")

    assert result.exit_code == 1
    assert "they are tried again" in result.stderr


def test_the_worker_runs_once_and_says_what_it_did(demo: Shell) -> None:
    assert "raised" in demo.ok("worker", "--once")


def test_an_untouched_ledger_verifies_and_its_register_agrees(demo: Shell) -> None:
    assert demo.run("ledger", "verify").exit_code == 0
    (compared,) = demo.objects("rebuild", "--check")
    assert (compared["items"], compared["faults"]) == (40, [])


def test_a_tampered_entry_is_found_with_status_one(demo: Shell) -> None:
    tampered(demo, "UPDATE entry SET leaf_hash = zeroblob(32) WHERE register_no = 7 AND seq = 0")

    result = demo.run("ledger", "verify")

    assert result.exit_code == 1
    assert "Property reference 7: Entry 0 hashes to" in result.stdout


def test_a_tampered_row_is_found_by_a_check_and_mended_by_a_rebuild(demo: Shell) -> None:
    tampered(demo, "UPDATE item SET category = 'ZZZ' WHERE register_no = 7")

    check = demo.run("rebuild", "--check")
    demo.run("rebuild")

    assert check.exit_code == 1
    assert "property reference 7" in check.stderr
    assert demo.run("rebuild", "--check").exit_code == 0


def test_health_is_not_well_until_the_jobs_have_run(demo: Shell) -> None:
    before = demo.run("health")
    demo.ok("worker", "--once")

    assert before.exit_code == 1
    assert "LOOK  alerts: the job has never run" in before.stdout
    assert "ok    alerts: ran" in demo.run("health").stdout
