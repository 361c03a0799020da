"""The page's dialogue and codes against the tables and the Python that they must agree with, run in Chromium."""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from playwright.sync_api import Page

from labels import payload
from labels.errors import LabelRefusal
from scanner import wording
from scanner.kinds import DEMANDS, KINDS, OF_AN_ITEM, SENT_AS
from scanner.wedge import codes_in
from tests.scanner.scans_at_random import play
from tests.support.store_room import a_store_room

CASES = json.loads((Path(__file__).parents[1] / "scanner" / "dialogue.json").read_text("utf-8"))
MODULES = "/static/store-room"


@pytest.fixture
def modules(page: Page, tmp_path: Path) -> Iterator[Page]:
    """A page of the service, from which the store room's modules can be imported."""
    with a_store_room(tmp_path, items=1) as room:
        page.goto(f"{room.url}/store-room")
        yield page


def test_the_page_follows_the_table_of_the_scan_dialogue(modules):
    played = modules.evaluate(
        f"""async cases => {{
          const {{ Dialogue }} = await import('{MODULES}/dialogue.js')
          return cases.map(one => {{
            const dialogue = new Dialogue(one.settings ?? {{}})
            return one.steps.map(step => dialogue.take(step.in))
          }})
        }}""",
        CASES,
    )

    assert len(played) == len(CASES) > 40
    for case, outs in zip(CASES, played, strict=True):
        assert (case["name"], outs) == (case["name"], [step["out"] for step in case["steps"]])


def test_the_page_and_the_scan_client_agree_on_whatever_is_scanned(modules):
    cases = [play(random.Random(seed), 60)[1] for seed in range(400)]

    played = modules.evaluate(
        f"""async cases => {{
          const {{ Dialogue }} = await import('{MODULES}/dialogue.js')
          return cases.map(one => {{
            const dialogue = new Dialogue(one.settings)
            return one.steps.map(step => dialogue.take(step.in))
          }})
        }}""",
        [{"settings": case["settings"], "steps": [{"in": step["in"]} for step in case["steps"]]} for case in cases],
    )

    for seed, (case, outs) in enumerate(zip(cases, played, strict=True)):
        for number, (step, out) in enumerate(zip(case["steps"], outs, strict=True)):
            assert (seed, number, out) == (seed, number, step["out"])


def test_the_page_and_the_scan_client_need_the_same_for_every_kind_of_act(modules):
    kinds, demands, sent_as, of_an_item = modules.evaluate(
        f"import('{MODULES}/kinds.js').then(kinds => "
        "[kinds.KINDS, kinds.DEMANDS, kinds.SENT_AS, [...kinds.OF_AN_ITEM]])",
    )

    assert kinds == json.loads(json.dumps({name: asdict(kind) for name, kind in KINDS.items()}))
    assert (demands, sent_as, set(of_an_item)) == (dict(DEMANDS), dict(SENT_AS), OF_AN_ITEM)


def test_every_question_has_a_label_of_its_own(modules):
    """What is asked without one would stand above a field that says PIN."""
    source = (Path(__file__).parents[2] / "static" / "store-room" / "questions.js").read_text("utf-8")

    assert [what for what in wording.ASKED if not what.endswith("pin") and f"  {what}: '" not in source] == []


def test_the_page_says_what_the_scan_client_says(modules):
    asked, said = modules.evaluate(
        f"import('{MODULES}/wording.js').then(wording => [wording.ASKED, wording.SAID])",
    )

    assert asked == dict(wording.ASKED)
    assert said == dict(wording.NOT_ASKED)


def texts_like_codes(seed: int, count: int) -> list[str]:
    """Codes, codes with one fault, codes as people type them, and texts that are none."""
    dice = random.Random(seed)
    kinds = [kind for kind in payload.CodeType if kind is not payload.CodeType.COMMAND]
    texts = ["", " ", "E", "\u0130" * 10, "ｅ" * 10, "😀" * 10, "x" * 10_000, "E-4KT9\x00", "\u2003" * 30]
    for _ in range(count):
        code = payload.issue(dice.choice(kinds), dice.randbytes)
        at, letter = dice.randrange(10), dice.choice("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZé?")
        texts += [code, payload.printed(code).lower(), code[:at] + letter + code[at + 1 :]]
        texts += [code.replace("0", "O").replace("1", dice.choice("IlL")), code[:at] + code[at + 1 :]]
    return texts


def test_the_page_and_the_labels_have_one_definition_of_a_code(modules):
    texts = texts_like_codes(seed=6, count=800)

    read = modules.evaluate(
        f"""async texts => {{
          const {{ parse, printed, typeOf }} = await import('{MODULES}/codes.js')
          return texts.map(text => {{
            try {{
              const code = parse(text)
              return [code, printed(code), typeOf(code)]
            }} catch (refusal) {{
              return [refusal.code, refusal.message]
            }}
          }})
        }}""",
        texts,
    )

    def by_the_labels(text: str) -> list[str]:
        try:
            code = payload.parse(text)
        except LabelRefusal as refusal:
            return [refusal.code, refusal.sentence]
        return [code, payload.printed(code), payload.type_of(code).word]

    assert read == [by_the_labels(text) for text in texts]
    assert modules.evaluate(f"import('{MODULES}/codes.js').then(codes => codes.COMMANDS)") == dict(payload.COMMANDS)


def test_the_page_takes_a_line_apart_as_the_scan_client_does(modules):
    one, other = (payload.issue(payload.CodeType.ITEM, lambda size, n=n: bytes([n] * size)) for n in (7, 9))
    lines = [
        one,
        f"]C0{one}",
        f"]Q3{one}\\n",
        f"{one}{other}",
        f"{one}<CR>{other}",
        f"{one}\x1d{other}\x04",
        f"]C0{one}]C0{other}",
        payload.printed(one).lower(),
        f"{one}{other[:-1]}",
        "https://example.invalid/E4KT922RM7",
        "5012345678900",
        f"{one};{other},",
    ]

    read = modules.evaluate(
        f"async lines => {{ const {{ codesIn }} = await import('{MODULES}/reads.js'); return lines.map(codesIn) }}",
        lines,
    )

    assert read == [[{"text": r.text, "code": r.code, "why": r.why} for r in codes_in(line)] for line in lines]


def test_times_are_written_as_the_service_reads_them(modules):
    made = modules.evaluate(
        f"""async () => {{
          const {{ fromLondon, iso, uuid7 }} = await import('{MODULES}/acts.js')
          const due = ['2026-07-01T12:00', '2026-12-03T23:59', null].map(fromLondon)
          return [...due, iso(1790000003.25), uuid7(0x0192abcdef01)]
        }}"""
    )

    assert made[:4] == [
        "2026-07-01T11:00:00.000000Z",
        "2026-12-03T23:59:00.000000Z",
        None,
        "2026-09-21T14:13:23.250000Z",
    ]
    assert made[4].startswith("0192abcd-ef01-7")
