"""Labels are released in order, few at a time, and a run that is stopped leaves nothing half done."""

import os
import signal
import threading
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import click
import pytest

from labels.cli_run import Run, _progress, put, releasing
from labels.errors import FieldRefused
from labels.fields import ItemLabel
from labels.raster import paint
from labels.release import released
from labels.sheet import pdf_of
from labels.stock import STOCKS
from labels.template import DEFAULT
from tests.labels.made import a_code, an_item

SMALL = STOCKS["L7651"]


def test_labels_come_in_their_order_each_with_the_dots_that_were_read() -> None:
    made = list(released([an_item(n) for n in range(9)], SMALL, workers=3))

    assert [one.verified.code for one in made] == [a_code(n) for n in range(9)]
    assert all((one.dots == paint(one.drawing)).all() for one in made)


def test_a_run_without_end_holds_a_few_labels_and_stops_when_it_is_closed() -> None:
    asked: list[int] = []

    def labels() -> Iterator[ItemLabel]:
        for number in count():
            asked.append(number)
            yield an_item(number)

    made = released(labels(), SMALL, workers=2)
    first = list(islice(made, 3))
    made.close()

    assert [one.verified.code for one in first] == [a_code(n) for n in range(3)]
    assert len(asked) <= 3 + 2 * 2 + 1
    assert not [one for one in threading.enumerate() if one.name.startswith("label-check")]


def test_what_the_source_refuses_ends_the_run() -> None:
    labels = (an_item(n, exhibit_ref="A" * (41 if n == 4 else 3)) for n in range(9))

    with pytest.raises(FieldRefused):
        list(released(labels, SMALL, workers=2))


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches this process, even where tests run in the background of a shell, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.usefixtures("interruptible")
def test_a_stopped_run_says_how_far_it_was_and_leaves_no_file(tmp_path: Path, number: int) -> None:
    before, run = signal.getsignal(signal.SIGTERM), Run()

    def labels() -> Iterator[ItemLabel]:
        yield from (an_item(n) for n in range(20))
        os.kill(os.getpid(), number)
        yield an_item(21)

    with (
        pytest.raises(click.ClickException, match=r"Stopped after \d+ labels. Nothing was written.") as stopped,
        releasing(run, labels(), SMALL, 300, DEFAULT) as made,
    ):
        put(tmp_path / "labels.pdf", pdf_of((one.drawing for one in made), SMALL))

    assert stopped.value.exit_code == 130
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_file_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "labels.pdf"
    put(path, b"before")

    with pytest.raises(TypeError):
        put(path, "not bytes")  # type: ignore[arg-type]  # Any failure while it is being written.

    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("as_json", "line"), [(True, '{"done": 500, "of": 501}'), (False, "500 of 501 labels read back")]
)
def test_progress_is_a_line_now_and_then_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], as_json: bool, line: str
) -> None:
    with _progress(501, as_json) as tell:
        for done in range(1, 502):
            tell(done)

    assert capsys.readouterr().err.splitlines() == [line]
