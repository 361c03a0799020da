"""The root of every refusal."""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - a refusal is an answer to a person, not a fault of the program
    """Something was asked that cannot be done; nothing has been changed.

    `code` is stable and for machines; `str()` is one whole sentence that says what to do.
    Facts are attributes of the subclass.
    """

    code: ClassVar[str] = "refused"

    def sentence(self) -> str:
        """The sentence for people."""
        return "That cannot be done."

    def __str__(self) -> str:
        return self.sentence()
