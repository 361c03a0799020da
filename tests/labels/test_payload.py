"""What a code is, and that its check character misses none of the four errors of hand and eye."""

from itertools import combinations, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from labels.errors import CheckFails, LabelRefusal, NotACode, UnknownCommand
from labels.payload import (
    ALPHABET,
    COMMANDS,
    CodeType,
    check_character,
    command_code,
    command_of,
    is_ours,
    issue,
    parse,
    printed,
    type_of,
)

issued_types = st.sampled_from([t for t in CodeType if t is not CodeType.COMMAND])
codes = st.builds(
    lambda code_type, seed: issue(code_type, lambda n: seed[:n]),
    issued_types,
    st.binary(min_size=5, max_size=5),
)


def a_code() -> str:
    return issue(CodeType.ITEM, lambda n: bytes(range(200, 200 + n)))


def _checks(text: str) -> bool:
    return check_character(text[:-1]) == text[-1]


def _every_pair_of_places() -> list[tuple[int, int]]:
    return list(combinations(range(10), 2))


@given(codes)
def test_an_issued_code_is_ours_and_parses_to_itself(code: str) -> None:
    assert is_ours(code)
    assert parse(code) == code
    assert parse(printed(code)) == code


@given(issued_types, st.binary(min_size=5, max_size=5))
def test_an_issued_code_begins_with_its_type_and_keeps_all_forty_random_bits(kind: CodeType, seed: bytes) -> None:
    code = issue(kind, lambda n: seed[:n])

    assert type_of(code) is kind
    assert int("".join(f"{ALPHABET.index(letter):05b}" for letter in code[1:9]), 2) == int.from_bytes(seed, "big")


def test_the_check_character_is_the_same_for_ever() -> None:
    assert [check_character(text) for text in ("E00000000", "E4KT922RM", "S12345678", "KZZZZZZZZ")] == [
        "R", "Q", "1", "M",
    ]  # fmt: skip


def test_a_code_prints_in_groups() -> None:
    assert printed("E4KT922RMQ") == "E-4KT9-22RM-Q"


@given(codes)
def test_every_single_misreading_is_noticed(code: str) -> None:
    for place, letter in product(range(10), ALPHABET):
        if letter != code[place]:
            assert not _checks(code[:place] + letter + code[place + 1 :])


@given(codes)
def test_every_swap_of_two_different_characters_is_noticed_neighbours_jumps_and_the_check_included(
    code: str,
) -> None:
    for left, right in _every_pair_of_places():
        letters = list(code)
        letters[left], letters[right] = letters[right], letters[left]
        assert _checks("".join(letters)) == (code[left] == code[right])


def _sum(letters: str) -> int:
    """The checksum of ten characters; nothing for a code whose check character fits."""
    return ALPHABET.index(check_character(letters[:9])) ^ ALPHABET.index(letters[9])


def _with(letters: dict[int, str]) -> str:
    return "".join(letters.get(place, "0") for place in range(10))


@given(*2 * [st.text(ALPHABET, min_size=10, max_size=10)])
def test_the_checksum_is_linear_so_that_what_holds_among_zeros_holds_in_every_code(one: str, other: str) -> None:
    both = "".join(ALPHABET[ALPHABET.index(a) ^ ALPHABET.index(b)] for a, b in zip(one, other, strict=True))

    assert _sum(both) == _sum(one) ^ _sum(other)


def test_every_single_error_at_every_place_is_noticed() -> None:
    for place, letter in product(range(10), ALPHABET[1:]):
        assert _sum(_with({place: letter})) != 0


def test_every_twin_error_at_every_two_places_is_noticed() -> None:
    for (left, right), (before, after) in product(_every_pair_of_places(), product(ALPHABET, repeat=2)):
        same = _sum(_with({left: before, right: before})) == _sum(_with({left: after, right: after}))
        assert same == (before == after)


def test_every_swap_at_every_two_places_of_every_two_characters_is_noticed() -> None:
    for (left, right), (one, other) in product(_every_pair_of_places(), combinations(ALPHABET, 2)):
        assert _sum(_with({left: one, right: other})) != _sum(_with({left: other, right: one}))


@given(codes)
def test_a_code_typed_by_hand_is_accepted_in_lower_case_with_o_i_and_l(code: str) -> None:
    typed = printed(code).lower().replace("0", "o").replace("1", "l")

    assert parse(f"  {typed} ") == code
    assert parse(typed.replace("l", "I").replace("-", " ")) == code


@given(codes)
def test_a_machine_reading_must_be_exact(code: str) -> None:
    assert not is_ours(code.lower())
    assert not is_ours(printed(code))
    assert not is_ours(code + " ")
    assert not is_ours("")


@settings(max_examples=30)
@given(st.text(max_size=40))
@example("")
@example("E" * 10_000)
@example("\N{LATIN SMALL LETTER DOTLESS I}" * 10)
@example("\N{FULLWIDTH LATIN CAPITAL LETTER E}" + "0" * 9)
@example("\N{ARABIC-INDIC DIGIT ONE}" * 10)
def test_any_text_parses_to_a_code_of_ours_or_is_refused_in_a_short_sentence(text: str) -> None:
    sentence = ""
    try:
        code = parse(text)
    except LabelRefusal as refusal:
        sentence = refusal.sentence

    assert (20 < len(sentence) < 200 and sentence.endswith(".")) if sentence else is_ours(code)


@pytest.mark.parametrize("text", ["E4KT922RM", "E4KT922RM77", "", "5012345678900", "https://example.org/x"])
def test_a_text_of_the_wrong_length_is_not_a_code(text: str) -> None:
    with pytest.raises(NotACode) as refused:
        parse(text)

    assert refused.value.code == "not_a_code"
    assert refused.value.seen == text


def test_a_text_with_a_letter_outside_the_alphabet_is_not_a_code() -> None:
    with pytest.raises(NotACode, match="without I, L, O and U"):
        parse("E4KT9U2RM7")


def test_a_text_with_an_unknown_type_letter_is_not_a_code() -> None:
    with pytest.raises(NotACode, match="begins with"):
        parse("Z" + a_code()[1:])


def test_a_misread_code_is_told_apart_from_a_foreign_text() -> None:
    code = a_code()
    misread = code[:4] + ("7" if code[4] != "7" else "8") + code[5:]

    with pytest.raises(CheckFails) as refused:
        parse(misread)

    assert refused.value.code == "check_fails"
    assert refused.value.seen == printed(misread)


def test_a_command_code_is_not_drawn_by_lot() -> None:
    with pytest.raises(ValueError, match="command_code"):
        issue(CodeType.COMMAND, bytes)


def test_every_command_has_a_code_that_leads_back_to_it() -> None:
    assert set(COMMANDS) == {
        "CONFIRM", "UNDO", "CANCEL", "BOOK_IN", "MOVE", "SIGN_OUT", "SIGN_IN", "SUBMIT", "SIGHTING",
        "WITNESS", "TOGETHER", "OFFER", "ACCEPT", "REJECT", "SEAL", "OPEN", "VIEW", "PUT_IN", "TAKE_OUT",
        "COLLECT", "RECEIVE", "LAB_RECEIPT", "LAB_RETURN", "TO_COURT", "FROM_COURT", "UNACCOUNTED", "FOUND",
    }  # fmt: skip
    for name in COMMANDS:
        code = command_code(name)
        assert is_ours(code)
        assert type_of(code) is CodeType.COMMAND
        assert command_of(code) == name


def test_command_codes_are_far_apart() -> None:
    for one, other in combinations(COMMANDS.values(), 2):
        assert sum(a != b for a, b in zip(one, other, strict=True)) >= 6


def test_command_codes_are_the_same_for_ever() -> None:
    assert COMMANDS["CONFIRM"] == "KK7RXNXY4V"
    assert COMMANDS["SIGHTING"] == "K30QCNHM0A"
    assert COMMANDS["WITNESS"] == "K8QBDRTQST"


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(UnknownCommand):
        command_code("EXPLODE")
    with pytest.raises(UnknownCommand):
        command_of(a_code())
