"""The camera in the browser: what it reads, what counts, and what it says when it cannot (static/camera)."""

import base64
from collections.abc import Iterator
from typing import Any

import cv2
import pytest
from playwright.sync_api import Browser, Page, expect

from labels import payload
from labels.payload import CodeType
from tests.support.axe import accessibility_faults
from tests.support.chromium import visit
from tests.support.film import Grey, a_picture, a_symbol
from tests.support.force import Force, a_force
from tests.support.serving import served, sign_in_at

CODE = payload.issue(CodeType.ITEM, lambda size: bytes([7] * size))
OTHER = payload.issue(CodeType.ITEM, lambda size: bytes([8] * size))
MISREAD = CODE[:-1] + ("A" if CODE[-1] != "A" else "B")
PATIENCE = 20_000  # ms


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """An officer's search page, on a machine without a camera."""
    force: Force = a_force(tmp_path_factory.mktemp("camera"))
    with served(force) as url, visit(chromium, viewport={"width": 360, "height": 740}) as person:
        page = person.page()
        page.set_default_timeout(PATIENCE)
        sign_in_at(page, url, "officer")
        page.goto(f"{url}/search")
        yield page
    force.services.store.close()


@pytest.fixture
def searching(page: Page) -> Page:
    """The same page, loaded anew."""
    page.reload()
    return page


def run(page: Page, module: str, script: str, given: Any = None) -> Any:
    """What the script's function gives for `given`, with the module of static/camera as `m`."""
    return page.evaluate(f"async given => {{ const m = await import('/static/camera/{module}.js'); {script} }}", given)


def as_address(picture: Grey) -> str:
    return f"data:image/png;base64,{base64.b64encode(cv2.imencode('.png', picture)[1].tobytes()).decode()}"


READ = """
const decoder = await m.openDecoder()
const read = async address => {
  const image = Object.assign(new Image(), { src: address })
  await image.decode()
  return (await decoder.read(image)).map(({ text, symbology }) => [symbology, text])
}
const reads = []
for (const address of given) reads.push(await read(address))
decoder.close()
return [decoder.kind, reads]"""


def test_labels_are_read_at_any_angle_by_the_part_from_our_own_server(page):
    leaning = [a_picture(a_symbol(CODE), angle=angle, size=(640, 480)) for angle in (0, 25, 45, 70, 90, 135)]
    small = a_picture(a_symbol(OTHER, "DataMatrix"), a_symbol(CODE, "QRCode"), angle=30, size=(640, 480))

    kind, reads = run(page, "decoder", READ, [as_address(picture) for picture in [*leaning, small]])

    assert kind == "wasm"
    assert reads[:-1] == [[["code_128", CODE]]] * 6
    assert sorted(reads[-1]) == [["data_matrix", OTHER], ["qr_code", CODE]]


def test_the_browsers_own_detector_is_taken_only_where_it_knows_all_our_symbologies(page):
    choose = "return Promise.all(given.map(known => m.readsOurs({ getSupportedFormats: async () => known })))"
    all_three = ["aztec", "code_128", "data_matrix", "qr_code"]

    assert run(page, "decoder", choose, [all_three, all_three[1:], ["qr_code"], []]) == [True, True, False, False]
    assert run(page, "decoder", "return m.readsOurs(globalThis.BarcodeDetector)") is False


def seen(page: Page, *pictures: tuple[float, list[str]]) -> list[list[list[str]]]:
    """For each picture (its second, and texts from right to left), the texts in order with their states."""
    script = """
    const agreement = new m.Agreement()
    const read = (text, place) => ({ text, corners: [[0, 0], [50, 3], [50, 53], [0, 50]].map(
      ([x, y]) => ({ x: 900 - 100 * place + x, y: y + place })) })
    return given.map(([at, texts]) => agreement.see(texts.map(read), at).map(({ text, state }) => [text, state]))"""
    return run(page, "agreement", script, pictures)


@pytest.mark.parametrize(
    ("pictures", "states"),
    [
        pytest.param([(0, [CODE]), (0.1, [CODE]), (0.2, [CODE])], ["new", "told", "again"], id="two pictures agree"),
        pytest.param([(0, [CODE]), (2.1, [CODE])], ["new", "new"], id="two that are far apart do not"),
        pytest.param([(0, [CODE]), (1, [CODE]), (2.9, [CODE])], ["new", "told", "again"], id="within two seconds"),
        pytest.param(
            [(0, [CODE]), (1, [CODE]), (3.1, [CODE]), (3.2, [CODE])], ["new", "told", "new", "told"], id="anew"
        ),
        pytest.param(
            [(0, ["FOREIGN"]), (1, ["FOREIGN"]), (12, ["FOREIGN"])], ["new", "told", "again"], id="foreign: once"
        ),
    ],
)
def test_a_read_counts_when_two_pictures_agree_and_once_while_it_stays(page, pictures, states):
    assert [state for ((_, state),) in seen(page, *pictures)] == states


def test_labels_in_one_picture_count_in_reading_order_and_both_symbols_of_a_label_once(page):
    both = seen(page, (0, [OTHER, CODE, CODE]), (0.1, [OTHER, CODE, CODE]))[-1]

    assert both == [[CODE, "told"], [OTHER, "told"]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (CODE, None),
        (MISREAD, "was misread: its check character does not fit"),
        (CODE.lower(), "is not one of our labels. Scan the label with our number."),
        ("5000112637922", "“5000112637922” is not one of our labels"),
        ("https://example.org/win?a=1", "A web address, not one of our labels: it was not opened."),
        ("WIFI:T:WPA;S:guest;;", "A web address, not one of our labels: it was not opened."),
    ],
)
def test_what_is_not_ours_is_told_in_a_sentence(page, text, why):
    judged = run(page, "agreement", "return m.judged(given)", text)

    assert judged["code"] == (CODE if why is None else None)
    assert (why or "") in judged.get("why", "")


@pytest.mark.parametrize(
    ("kinds", "answer"),
    [
        ("E", {"code": CODE}),
        ("S", {"code": None, "why": "This is the label of a person: scan that of a place."}),
        ("SB", {"code": None, "why": "This is the label of a person: scan that of a place or a box."}),
    ],
)
def test_a_field_takes_a_label_of_the_kind_that_it_is_for(page, kinds, answer):
    told = [{"code": None, "why": "Foreign."}, {"code": "P" + CODE[1:]}, {"code": CODE}]

    assert run(page, "kinds", "return m.wanted(...given)", [told, kinds]) == answer
    assert run(page, "kinds", "return m.wanted(...given)", [told[:1], kinds]) == {"code": None, "why": "Foreign."}


def test_without_a_camera_the_page_says_what_to_do_and_goes_back_to_typing(searching):
    searching.context.grant_permissions(["camera"])
    searching.get_by_role("button", name="Scan with the camera").click()
    faults = accessibility_faults(searching)

    searching.get_by_role("button", name="Start the camera").click()

    trouble = searching.locator("[data-eye-trouble]")
    expect(trouble).to_contain_text("No camera was found: connect one and start it again.", timeout=PATIENCE)
    assert faults + accessibility_faults(searching) == []
    searching.get_by_role("button", name="Close, and type the code").click()
    expect(searching.locator("#q")).to_be_focused()


def test_each_fault_of_a_camera_has_its_own_sentence(page):
    names = ["NotAllowedError", "NotFoundError", "NotReadableError", "AbortError"]

    codes = run(page, "refusals", "return given.map(name => m.refusalOf(new DOMException('', name)).code)", names)
    before = "return given.map(facts => m.refusedBefore(facts)?.code ?? null)"
    here = [{"secure": False}, {"secure": True}, {"secure": True, "media": {"getUserMedia": True}}]

    assert codes == ["no_rights", "no_camera", "taken", "taken"]
    assert run(page, "refusals", before, here) == ["no_https", "too_old", None]


def test_black_pictures_and_a_camera_that_is_pulled_out_are_told(searching):
    """A real stream, drawn on a canvas, stands in for the camera that this machine does not have."""
    script = """
    const { Camera } = await import('/static/camera/camera.js')
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 })
    const pen = canvas.getContext('2d')
    const paint = () => { pen.fillStyle = window.paintedIn ?? '#000'; pen.fillRect(0, 0, 320, 240) }
    window.painting = setInterval(paint, 40)
    const eye = new m.Eye(document.querySelector('.eye').cloneNode(true), { onTold () {} })
    document.getElementById('main-content').append(eye.root)
    window.camera = new Camera(canvas.captureStream())
    await eye.show(window.camera)"""
    run(searching, "eye", script)
    drawn = searching.locator("main > .eye [data-eye-trouble]")

    expect(drawn).to_contain_text("The camera sees only black: uncover it", timeout=PATIENCE)
    searching.evaluate("window.paintedIn = '#888'")
    expect(drawn).to_be_empty(timeout=PATIENCE)
    searching.evaluate("clearInterval(window.painting); window.camera.track.dispatchEvent(new Event('ended'))")

    expect(drawn).to_contain_text("The camera has stopped: it was unplugged", timeout=PATIENCE)
