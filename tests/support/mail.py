"""A real mail server on a free loopback port, which keeps what it takes and refuses when it is told to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, TypeVar, cast

from aiosmtpd.controller import Controller


@dataclass
class PostOffice:
    """What the server took, in order. `refusal` is the reply to every message while it is set."""

    url: str = ""
    refusal: str = ""
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Called by the server in its own thread with each message."""
        read: Any = message_from_bytes(envelope.content, policy=policy.default)
        if self.refusal:
            self.refused.append(read)
            return self.refusal
        self.taken += [(to, read) for to in envelope.rcpt_tos]
        return "250 OK"

    def to(self, name: str) -> list[EmailMessage]:
        """The messages that this person of the force was sent."""
        return [message for to, message in self.taken if to == f"{name}@force.test"]


Office = TypeVar("Office", bound=PostOffice)


@contextmanager
def post_office(office: Office | None = None) -> Iterator[Office]:
    """The server, running until the context ends; `office` for one that behaves in its own way."""
    office = office or cast("Office", PostOffice())
    # The controller knocks at its own port when it starts, so that it cannot be left to choose one.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        office.url = f"smtp://127.0.0.1:{port}"
        yield office
    finally:
        controller.stop()
