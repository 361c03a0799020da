"""`exhibits-scan` as people and scripts call it, over real files and a real HTTP connection."""

import hashlib
import json
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import cv2
import pytest
from click.testing import CliRunner

from labels.payload import CodeType
from scanner.alone import alone_with
from scanner.cli import main
from scanner.decode import decode_image
from scanner.outbox import Outbox
from tests.scanner.contract_server import PIN, TOKEN, ContractServer
from tests.scanner.pictures import a_code, a_film, a_picture, a_symbol

BADGE, PLACE = a_code(50, CodeType.PERSON), a_code(51, CodeType.PLACE)


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def service():
    """The contract's server on a loopback port; `url` is where."""
    application = ContractServer()
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        application.url = f"http://127.0.0.1:{server.server_port}"
        yield application
        server.shutdown()
        thread.join()


def call(*arguments, stdin=None):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False)


def lines(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def label(tmp_path):
    path = tmp_path / "label.png"
    cv2.imwrite(str(path), a_picture(a_symbol(a_code(1)), a_symbol("FOREIGN", "DataMatrix", scale=6), angle=10))
    return path


def test_decode_lists_every_symbol_of_each_file(label):
    result = call("decode", label, label, "--json")

    first, second = lines(result)
    assert result.exit_code == 0
    assert first["file"] == str(label)
    assert first["symbols"] == [
        {"text": a_code(1), "symbology": "Code128", "ours": True},
        {"text": "FOREIGN", "symbology": "DataMatrix", "ours": False},
    ]
    assert first["symbols"] == second["symbols"]
    assert first["ms"] > 0


def test_decode_says_it_in_a_line_a_file_for_people(label):
    result = call("decode", label)

    assert f"label.png: '{a_code(1)}' (Code128, ours), 'FOREIGN' (DataMatrix)" in result.stdout


def test_decode_reads_films(tmp_path):
    picture = a_picture(a_symbol(a_code(1), "QRCode"))
    film = a_film(tmp_path / "film.avi", [picture] * 3)

    (facts,) = lines(call("decode", film, "--json"))

    assert [symbol["text"] for symbol in facts["symbols"]] == [a_code(1)]


def test_decode_goes_on_after_a_file_that_cannot_be_read_and_ends_with_an_error(tmp_path, label):
    (tmp_path / "letter.jpg").write_text("Dear Sir or Madam")

    result = call("decode", tmp_path / "none.png", tmp_path / "letter.jpg", tmp_path, label, "--json")

    assert result.exit_code == 1
    assert [len(facts["symbols"]) for facts in lines(result)] == [0, 0, 0, 2]
    assert len(result.stderr.splitlines()) == 3
    assert "there is no such file" in result.stderr.splitlines()[0]
    assert "neither a picture nor a video" in result.stderr.splitlines()[1]


@pytest.fixture
def files(tmp_path):
    """The device's token and the officer's PIN, in files."""
    (tmp_path / "token").write_text(TOKEN + "\n")
    (tmp_path / "pin").write_text(PIN + "\n")
    return tmp_path


def run(service, files, *arguments, stdin=None):
    return call(
        *("run", "--url", service.url, "--token-file", files / "token", "--outbox", files / "outbox.db"),
        *("--badge", BADGE, "--pin-file", files / "pin", "--wait", 0, "--json", *arguments),
        stdin=stdin,
    )


def test_a_film_of_a_label_is_booked_in_without_hands(service, files):
    film = a_film(files / "film.avi", [a_picture(a_symbol(a_code(1)), angle=25)] * 4)

    result = run(service, files, "--source", f"video:{film}", "--kind", "BOOK_IN", "--to", PLACE, "--confirm-at-end")

    (act,) = service.recorded
    assert result.exit_code == 0
    assert (act["kind"], act["to"], [item["code"] for item in act["items"]]) == ("BOOK_IN", PLACE, [a_code(1)])
    assert lines(result) == [
        {"code": a_code(1), "verdict": "recorded", "sentence": "Said."},
        {"summary": {"recorded": 1, "refused": 0, "unsent": 0, "unconfirmed": 0}, "ok": True},
    ]


def test_a_small_picture_of_each_label_that_led_to_a_record_is_kept_by_its_content_if_the_file_says_so(service, files):
    film = a_film(files / "film.avi", [a_picture(a_symbol(a_code(1), "QRCode"), angle=25)] * 4)
    (files / "settings.toml").write_text("pictures = true\n")
    service.pictures = True

    run(
        *(service, files, "--source", f"video:{film}", "--config", files / "settings.toml"),
        *("--kind", "BOOK_IN", "--to", PLACE, "--confirm-at-end"),
    )

    (picture,) = (files / "pictures").iterdir()
    outbox = Outbox(files / "outbox.db", lambda: "")
    linked = outbox.pictures.by_scan()
    outbox.close()
    assert linked == {service.recorded[0]["items"][0]["scan"]: picture.stem}
    assert hashlib.sha256(picture.read_bytes()).hexdigest() == picture.stem
    assert picture.stat().st_size <= 24_000
    assert a_code(1) in [found.text for found in decode_image(cv2.imread(str(picture)))]


def test_a_second_client_on_the_same_outbox_is_refused_with_a_sentence(service, files):
    with alone_with(files / "outbox.db"):
        second = run(service, files, "--source", "wedge", stdin="")
    with alone_with(files / "outbox.db"):
        assert second.exit_code == 2
    assert second.stderr.startswith(f"Another exhibits-scan is running with the outbox {files / 'outbox.db'}")


def test_images_are_signed_out_with_a_receiver_a_purpose_and_a_date(service, files):
    receiver = a_code(60, CodeType.PERSON)
    folder = files / "images"
    folder.mkdir()
    cv2.imwrite(str(folder / "1.png"), a_picture(a_symbol(a_code(1), "QRCode", scale=5)))

    result = run(
        *(service, files, "--source", f"images:{folder}", "--kind", "SIGN_OUT", "--receiver-badge", receiver),
        *("--receiver-pin-file", files / "pin", "--purpose", "Court", "--due-back", "3/12/2026 16:00"),
        "--confirm-at-end",
    )

    (act,) = service.recorded
    assert result.exit_code == 0
    assert (act["receiver"], act["purpose"], act["due_back"]) == (
        f"session-{receiver}",
        "Court",
        "2026-12-03T16:00:00.000000Z",
    )


def test_a_seal_and_a_witness_need_no_hands(service, files):
    witness = a_code(61, CodeType.PERSON)
    folder = files / "images"
    folder.mkdir()
    cv2.imwrite(str(folder / "1.png"), a_picture(a_symbol(a_code(1), "QRCode", scale=5)))

    result = run(
        *(service, files, "--source", f"images:{folder}", "--kind", "SEAL", "--answer", "new_seal=S900"),
        *("--witness-badge", witness, "--witness-pin-file", files / "pin", "--confirm-at-end"),
    )

    (act,) = service.recorded
    assert result.exit_code == 0
    assert (act["witness"], act["items"][0]["new_seal"]) == (f"session-{witness}", "S900")


def test_what_was_read_and_not_confirmed_is_no_success(service, files):
    folder = files / "images"
    folder.mkdir()
    cv2.imwrite(str(folder / "1.png"), a_picture(a_symbol(a_code(1), "QRCode")))

    result = run(service, files, "--source", f"images:{folder}", "--to", PLACE)

    assert result.exit_code == 1
    assert service.recorded == []
    assert lines(result)[-1]["summary"]["unconfirmed"] == 1


def test_a_refused_item_is_no_success_and_stays_in_sight(service, files):
    service.refuse_codes = {a_code(1)}
    film = a_film(files / "film.avi", [a_picture(a_symbol(a_code(1)))] * 3)

    result = run(service, files, "--source", f"video:{film}", "--to", PLACE, "--confirm-at-end")
    listed = call("outbox", "--outbox", files / "outbox.db")

    assert result.exit_code == 1
    assert "MOVE: Said." in listed.stdout
    assert "1 rejected" in listed.stdout


def test_an_empty_film_of_nothing_is_no_success(service, files):
    film = a_film(files / "film.avi", [a_picture()] * 2)

    assert run(service, files, "--source", f"video:{film}", "--to", PLACE, "--confirm-at-end").exit_code == 1


def test_acts_left_by_an_earlier_run_are_sent_by_the_next(service, files):
    film = a_film(files / "film.avi", [a_picture(a_symbol(a_code(1)))] * 3)
    empty = files / "empty"
    empty.mkdir()
    cv2.imwrite(str(empty / "1.png"), a_picture())

    service.down_for_acts = True
    first = run(service, files, "--source", f"video:{film}", "--to", PLACE, "--confirm-at-end")
    service.down_for_acts = False
    second = run(service, files, "--source", f"images:{empty}")

    assert (first.exit_code, lines(first)[-1]["summary"]["unsent"]) == (1, 1)
    assert second.exit_code == 0
    assert [item["code"] for act in service.recorded for item in act["items"]] == [a_code(1)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--source", "webcam"), "is no source"),
        (("--source", "wedge", "--url", "ftp://x"), "Say where the service is"),
        (("--source", "wedge", "--token-file", "nowhere"), "cannot be read as one line"),
        (("--source", "wedge", "--to", "X"), "is not one of our codes"),
        (("--source", "video:none.avi"), "there is no such file"),
        (("--source", "wedge", "--answer", "colour=red"), "answers nothing"),
        (("--source", "wedge", "--answer", "pin=482915"), "answers nothing"),
    ],
)
def test_a_mistake_of_the_caller_is_one_sentence(service, files, arguments, said):
    result = run(service, files, *arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
