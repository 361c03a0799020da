"""Where a page of a list ended, as pages and the API write it into addresses: the instant and the register number."""

from datetime import UTC, datetime

Place = tuple[datetime, int]


def place_of(after: Place) -> str:
    """The place as text: microseconds since 1970, a dash, the number."""
    at, number = after
    return f"{int(at.timestamp()) * 1_000_000 + at.microsecond}-{number}"


def after_of(text: str | None) -> Place | None:
    """The place that `place_of` wrote; anything else begins at the top."""
    micros, _, number = (text or "").partition("-")
    if not (micros.isascii() and micros.isdigit() and number.isascii() and number.isdigit()):
        return None
    if len(micros) > 16 or len(number) > 16:
        return None
    seconds, rest = divmod(int(micros), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), int(number)
