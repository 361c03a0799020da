"""One value has one byte string, and nothing else is read."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.canonical import DEEPEST, canonical, jcs, parse_canonical
from exhibits_app.domain.ledger_faults import NotCanonical
from tests.support import vectors

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    texts | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("path", vectors.paths("jcs/testdata/input/*.json"))
def test_the_public_vectors_of_rfc_8785_come_out_byte_for_byte(path: str) -> None:
    value = vectors.load(path)

    written = jcs(value)

    assert written == (vectors.FOLDER / path.replace("input", "output")).read_bytes()
    assert written.hex() == "".join(
        (vectors.FOLDER / path.replace("input", "outhex").replace(".json", ".txt")).read_text().split()
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.0, b"0"),
        (-0.0, b"0"),
        (5e-324, b"5e-324"),
        (-1.7976931348623157e308, b"-1.7976931348623157e+308"),
        (9007199254740992.0, b"9007199254740992"),
        (295147905179352830000.0, b"295147905179352830000"),
        (1e21, b"1e+21"),
        (9.999999999999997e22, b"9.999999999999997e+22"),
        (0.000001, b"0.000001"),
        (1e-7, b"1e-7"),
        (333333333.3333333, b"333333333.3333333"),
        (-0.0000033333333333333333, b"-0.0000033333333333333333"),
        (1424953923781206.2, b"1424953923781206.2"),
    ],
)
def test_floats_are_printed_as_appendix_b_of_rfc_8785_lists_them(number: float, written: bytes) -> None:
    assert jcs(number) == written


@given(values)
def test_what_is_written_reads_back(value: object) -> None:
    assert parse_canonical(canonical(value)) == value


def test_keys_stand_in_the_order_of_utf_16_code_units() -> None:
    beyond, private = "\U0001f602", "\ufb33"

    assert canonical({private: 1, beyond: 2}) == f'{{"{beyond}":2,"{private}":1}}'.encode()


@pytest.mark.parametrize("value", [None, 1.5, {"a": None}, [0.0], 2**53, -(2**53), {1: "a"}, b"a", "\ud800"])
def test_the_ledger_has_no_place_for_what_readers_disagree_about(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_nan_and_infinity_have_no_canonical_form(value: float) -> None:
    with pytest.raises(NotCanonical):
        jcs(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1}\n',
        b" 1",
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"null",
        b"NaN",
        b"-Infinity",
        b'"\\u0041"',
        b'"\\/"',
        b'"\\u000A"',
        b'"\xff"',
        b'"\\ud800"',
        b"\xef\xbb\xbf1",
        b"9007199254740992",
        b"9" * 5000,
        b"[" * 100_000,
        b"1".join([b"[" * 17, b"]" * 17]),
    ],
)
def test_bytes_that_are_not_the_canonical_form_are_not_read(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical(data)


def test_a_key_that_stands_twice_is_named_as_the_reason() -> None:
    with pytest.raises(NotCanonical, match="the same key twice"):
        parse_canonical(b'{"a":1,"a":1}')


def test_values_may_nest_to_the_stated_depth_and_no_deeper() -> None:
    deepest = b"[" * DEEPEST + b"]" * DEEPEST

    assert canonical(parse_canonical(deepest)) == deepest


@given(values, st.data())
def test_no_byte_of_the_canonical_form_can_change_and_still_give_the_same_value(
    value: object, data: st.DataObject
) -> None:
    written = bytearray(canonical(value))
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] ^= data.draw(st.integers(1, 255))

    try:
        read = parse_canonical(bytes(written))
    except NotCanonical:
        return

    assert json.dumps(read) != json.dumps(value)
