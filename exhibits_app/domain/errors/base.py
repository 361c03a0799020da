"""The root of every refusal."""

from typing import ClassVar


class Refusal(Exception):
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
