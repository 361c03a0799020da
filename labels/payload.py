"""What a printed code is: ten characters, the last of which notices a misreading.

A code names a label, not an item, and carries no personal or case data. Its alphabet is Crockford's base32,
so that no two characters are mistaken for each other and a British keyboard types them as an American one
does. Standard library only, because the scan client takes its definition of a code from here and nothing
else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from enum import StrEnum
from types import MappingProxyType

from labels.errors import CheckFails, NotACode, UnknownCommand

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_RANDOM_BYTES = 5  # 40 bits are eight characters of five bits.
_PRIMITIVE_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: x generates all 31 non-zero elements of GF(32).

_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_SEPARATORS = "- \t\r\n\N{NO-BREAK SPACE}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}"
_AS_TYPED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzOILoil",
    "ABCDEFGH1JK1MN0PQRSTUVWXYZ011011",
    _SEPARATORS,
)


class CodeType(StrEnum):
    """What a code names; the value is the code's first character."""

    ITEM = "E"
    BOX = "B"
    PLACE = "S"
    PERSON = "P"
    COMMAND = "K"

    @property
    def word(self) -> str:
        """The type as the API writes it: `item`, `box`, `place`, `person` or `command`."""
        return self.name.lower()


_TYPE_LETTERS = frozenset(member.value for member in CodeType)


def _times_x(value: int) -> int:
    """The element of GF(32) multiplied by the primitive element x."""
    doubled = value << 1
    return doubled ^ _PRIMITIVE_POLYNOMIAL if doubled & 0b100000 else doubled


def check_character(first_nine: str) -> str:
    """The tenth character of the code that begins with these nine characters of the alphabet.

    The ten values are the coefficients of a polynomial with the root x in GF(32): the weights are x^9 ...
    x^1, x^0, all different and none zero. Addition is exclusive or, so a single misreading by d changes the
    sum by w.d; a swap of any two places, or a twin error (aa read as bb, also with a stranger between),
    changes it by (w + w').(a + b). None of these is ever zero.
    """
    total = 0
    for letter in first_nine:
        total = _times_x(total ^ _VALUES[letter])
    return ALPHABET[total]


def _with_check(first_nine: str) -> str:
    return first_nine + check_character(first_nine)


def _letters(forty_bits: bytes) -> str:
    """Five bytes as eight characters."""
    number = int.from_bytes(forty_bits, "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(35, -1, -5))


def issue(code_type: CodeType, random_bytes: Callable[[int], bytes]) -> str:
    """A new code. `random_bytes(n)` gives n unguessable bytes (`secrets.token_bytes`; a seeded one in a
    test).

    The caller records the code as issued and draws again if it was taken. Raises ValueError for COMMAND: a
    command's code is its name's, the same everywhere (`command_code`).
    """
    if code_type is CodeType.COMMAND:
        raise ValueError("A command code is derived from its name: use command_code.")
    return _with_check(code_type.value + _letters(random_bytes(_RANDOM_BYTES)))


def is_ours(text: str) -> bool:
    """Whether a machine's reading is one of our codes, to the letter: no hyphens, no lower case, no O for 0.

    A scanner reads characters, not handwriting, so leniency here would only let noise in.
    """
    return (
        len(text) == LENGTH
        and text[0] in _TYPE_LETTERS
        and all(letter in _VALUES for letter in text)
        and check_character(text[:-1]) == text[-1]
    )


def parse(text: str) -> str:
    """The canonical ten characters of a code as a person types it.

    Hyphens, spaces, lower case, O for 0 and I or L for 1 are accepted. Raises NotACode when the text cannot
    be a code, CheckFails when it was misread or mistyped.
    """
    letters = text[: 8 * LENGTH].translate(_AS_TYPED)
    if len(text) > 8 * LENGTH or len(letters) != LENGTH:
        raise NotACode(text, f"a code has {LENGTH} letters and digits")
    if any(letter not in _VALUES for letter in letters):
        raise NotACode(text, "a code has only digits and the letters A to Z without I, L, O and U")
    if letters[0] not in _TYPE_LETTERS:
        raise NotACode(text, "a code begins with E, B, S, P or K")
    if check_character(letters[:-1]) != letters[-1]:
        raise CheckFails(printed(letters))
    return letters


def printed(code: str) -> str:
    """The canonical code as it stands on a label and in a sentence: `E-4KT9-22RM-Q`."""
    return f"{code[0]}-{code[1:5]}-{code[5:9]}-{code[9]}"


def type_of(code: str) -> CodeType:
    """What the canonical code names."""
    return CodeType(code[0])


def _derived(name: str) -> str:
    digest = hashlib.sha256(b"exhibits command: " + name.encode("ascii")).digest()
    return _with_check(CodeType.COMMAND.value + _letters(digest[:_RANDOM_BYTES]))


_COMMAND_NAMES = (
    *("CONFIRM", "UNDO", "CANCEL", "BOOK_IN", "MOVE", "SIGN_OUT", "SIGN_IN", "SUBMIT", "SIGHTING"),
    *("WITNESS", "TOGETHER", "OFFER", "ACCEPT", "REJECT", "SEAL", "OPEN", "VIEW", "PUT_IN", "TAKE_OUT"),
    *("COLLECT", "RECEIVE", "LAB_RECEIPT", "LAB_RETURN", "TO_COURT", "FROM_COURT", "UNACCOUNTED", "FOUND"),
)

# Derived and never listed by hand: a command sheet printed by one force works in every other, for ever.
COMMANDS = MappingProxyType({name: _derived(name) for name in _COMMAND_NAMES})
_NAMES = {code: name for name, code in COMMANDS.items()}


def command_code(name: str) -> str:
    """The canonical code of the command, such as `CONFIRM`. Raises UnknownCommand."""
    if name not in COMMANDS:
        raise UnknownCommand(name)
    return COMMANDS[name]


def command_of(code: str) -> str:
    """The name of the command that the canonical code stands for. Raises UnknownCommand."""
    if code not in _NAMES:
        raise UnknownCommand(printed(code) if len(code) == LENGTH else code)
    return _NAMES[code]
