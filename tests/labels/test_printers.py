"""A job reaches its printer whole, or a person reads what went wrong and what to do."""

import json
import socket
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from numpy.typing import NDArray

from labels.cli import main
from labels.fields import ItemLabel
from labels.printers import Known, NetworkPrinter, Queue, known_printers, printer_at, send
from labels.printing_errors import (
    NoPrintCommand,
    NotAPrinter,
    PrinterGone,
    PrinterNotThere,
    PrinterRefuses,
    PrintersFileRefused,
    QueueRefuses,
)
from labels.sheet import render_raster
from labels.stock import STOCKS
from tests.labels.made import a_code
from tests.labels.printing import (
    a_machine,
    an_lp,
    is_switched_off_half_way,
    keeps_the_line_open,
    stops_reading,
    throws_it_away,
)
from tests.labels.reading import printed_by_pdf, printed_by_zpl, symbols

BIG = b"^XA" + bytes(20_000_000)


def run(*words: object, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


def lines(*seeds: int) -> str:
    fields = ({"code": a_code(seed), "exhibit_ref": "AB/1", "description": "Knife"} for seed in seeds)
    return "".join(json.dumps(one) + "\n" for one in fields)


@pytest.mark.parametrize(
    ("address", "printer"),
    [
        ("tcp://10.0.0.5:9100", NetworkPrinter("10.0.0.5")),
        ("tcp://zebra.example", NetworkPrinter("zebra.example", 9100)),
        ("tcp://[::1]:6101", NetworkPrinter("::1", 6101)),
        ("lp:counter", Queue("counter")),
    ],
)
def test_an_address_names_a_printer(address: str, printer: object) -> None:
    assert printer_at(address) == printer


@pytest.mark.parametrize(
    "address",
    [
        "",
        "counter",
        "tcp://",
        "tcp://h:99999",
        "tcp://h:0",
        "http://h",
        "tcp://h/x",
        "tcp://[::1",
        "lp:",
        "lp:-o",
        "lp:a b",
    ],
)
def test_an_address_that_names_no_printer_is_refused(address: str) -> None:
    with pytest.raises(NotAPrinter, match="is no printer: write"):
        printer_at(address)


def test_a_network_printer_gets_the_whole_job() -> None:
    with a_machine() as machine:
        sent = send(BIG, printer_at(machine.address))

    assert machine.jobs == [BIG]
    assert (sent.size, sent.closed) == (len(BIG), True)


def test_a_printer_that_keeps_the_line_open_has_the_job_all_the_same() -> None:
    with a_machine(keeps_the_line_open) as machine:
        sent = send(b"^XA^XZ", printer_at(machine.address), patience_s=0.3)

        assert machine.jobs == [b"^XA^XZ"]
    assert not sent.closed


def test_a_machine_without_a_printer_is_a_clear_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with pytest.raises(PrinterRefuses, match=f"127.0.0.1:{port} takes no print jobs"):
        send(b"^XA^XZ", NetworkPrinter("127.0.0.1", port))


def test_a_host_that_cannot_exist_is_not_there() -> None:
    with pytest.raises(PrinterNotThere, match="no printer answers"):
        send(b"^XA^XZ", NetworkPrinter("x" * 64 + ".invalid"))


def test_a_printer_that_does_not_answer_in_time_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), pytest.raises(PrinterNotThere):
            send(b"^XA^XZ", NetworkPrinter("127.0.0.1", port), patience_s=0.3)


def test_a_printer_switched_off_half_way_says_how_much_had_gone() -> None:
    with a_machine(is_switched_off_half_way) as machine, pytest.raises(PrinterGone) as refused:
        send(BIG, printer_at(machine.address))

    assert refused.value.sent < refused.value.size == len(BIG)
    assert "print all of them again" in refused.value.sentence


def test_a_printer_that_stops_reading_is_given_up() -> None:
    with a_machine(stops_reading) as machine, pytest.raises(PrinterGone) as refused:
        send(BIG, printer_at(machine.address), patience_s=0.3)

    assert refused.value.sent < len(BIG)


def test_a_printer_that_throws_a_small_job_away_is_noticed() -> None:
    with a_machine(throws_it_away) as machine, pytest.raises(PrinterGone, match="after 3000 of 3000 bytes"):
        send(bytes(3000), printer_at(machine.address))


def test_a_queue_gets_zpl_raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(an_lp(tmp_path)))

    send(b"^XA^XZ", Queue("counter"))

    assert (tmp_path / "job").read_bytes() == b"^XA^XZ"
    assert (tmp_path / "words").read_text().splitlines() == ["-d", "counter", "-o", "raw"]


def test_what_a_queue_says_is_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(an_lp(tmp_path, fails="The printer or class does not exist.")))

    with pytest.raises(QueueRefuses, match="counter did not take the job: The printer or class does not exist"):
        send(b"^XA^XZ", Queue("counter"))


def test_without_cups_a_person_reads_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoPrintCommand, match="has no command lp"):
        send(b"^XA^XZ", Queue("counter"))


def test_printed_labels_are_the_ones_that_were_read_back() -> None:
    with a_machine() as machine:
        result = run("print", "--stock", "thermal-100x50", "--to", machine.address, "--json", given=lines(1, 2))

    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["labels"] == 2
    assert [symbols(one) for one in printed_by_zpl(machine.jobs[0], 203)] == [{a_code(1)}, {a_code(2)}]


def test_nothing_is_sent_when_one_label_cannot_be_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(an_lp(tmp_path)))
    bad = json.dumps({"code": a_code(2), "exhibit_ref": "A" * 41, "description": "x"})

    result = run("print", "--stock", "thermal-100x50", "--to", "lp:counter", given=lines(1) + bad)

    assert result.exit_code == 1
    assert "Line 2" in result.output
    assert not (tmp_path / "job").exists()


def test_copies_of_a_roll_are_counted_by_the_printer() -> None:
    with a_machine() as machine:
        run("print", "--stock", "thermal-38x19", "--to", machine.address, "--copies", 3, given=lines(1))

    assert machine.jobs[0].endswith(b"^PQ3^XZ\n")


def test_sheets_go_to_a_queue_as_pdf_with_copies_from_the_first_free_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(an_lp(tmp_path)))

    result = run("print", "--to", "lp:office", "--start-at", 20, "--copies", 3, given=lines(1))

    assert result.exit_code == 0, result.output
    pages = printed_by_pdf((tmp_path / "job").read_bytes())
    assert [symbols(page) for page in pages] == [{a_code(1)}, {a_code(1)}]
    assert (tmp_path / "words").read_text().splitlines() == ["-d", "office", "-o", "print-scaling=none"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "tcp://127.0.0.1:9"), "use --to lp:QUEUE"),
        (("--to", "lp:office", "--start-at", 22), "labels 1 to 21"),
        (("--stock", "thermal-100x50", "--to", "lp:x", "--start-at", 2), "labels 1 to 1"),
        (("--to", "office"), "is no printer"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_a_sentence(words: tuple[object, ...], said: str) -> None:
    result = run("print", *words, given=lines(1))

    assert result.exit_code == 1
    assert said in result.output


def test_an_empty_file_prints_nothing_and_says_so() -> None:
    assert "no label to print" in run("print", "--to", "lp:office", given="\n").output


def test_a_force_names_its_printers_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "printers.toml"
    file.write_text('[counter]\nto = "tcp://10.0.0.5"\nright_mm = 0.5\ndown_mm = -1\n\n[office]\nto = "lp:office"\n')

    assert known_printers(file) == {
        "counter": Known(NetworkPrinter("10.0.0.5"), (0.5, -1.0)),
        "office": Known(Queue("office")),
    }


@pytest.mark.parametrize(
    "text",
    [
        "[counter",
        "[counter]\n",
        'counter = "tcp://x"',
        '[c]\nto = "lp:x"\nleft_mm = 1\n',
        '[c]\nto = "lp:x"\nright_mm = 11\n',
        '[c]\nto = "lp:x"\nright_mm = nan\n',
        '[c]\nto = "lp:x"\ndown_mm = "1"\n',
        '[c]\nto = "lp:x"\ndown_mm = true\n',
    ],
)
def test_a_file_of_printers_with_a_mistake_is_not_used(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.toml").write_text(text)

    with pytest.raises(PrintersFileRefused, match=r"was not used: .*\.$"):
        known_printers(tmp_path / "p.toml")


def test_an_offset_moves_every_dot_that_is_sent(tmp_path: Path) -> None:
    still = render_raster_of(1)
    with a_machine() as machine:
        (tmp_path / "p.toml").write_text(f'[counter]\nto = "{machine.address}"\nright_mm = -0.25\ndown_mm = 0.5\n')
        result = run(
            "print", "--stock", "thermal-100x50", "--to", "counter", "--printers", tmp_path / "p.toml", given=lines(1)
        )

    assert result.exit_code == 0, result.output
    moved = printed_by_zpl(machine.jobs[0], 203)[0]
    assert (moved[4:, :-2] == still[:-4, 2:]).all()
    assert symbols(moved) == {a_code(1)}


def render_raster_of(seed: int) -> NDArray[np.uint8]:
    return render_raster(ItemLabel(a_code(seed), "AB/1", "Knife"), STOCKS["thermal-100x50"], 203)
