"""Posts alerts to another system, signed as the Standard Webhooks specification has it."""

import base64
import hmac
from hashlib import sha256

from ..services.ports import Clock, OutgoingMessage
from .outside import ask


class SignedWebhook:
    """An address to which each message's body, a JSON document, is posted with its id, time and signature.

    The signature is the HMAC-SHA256 of `id.timestamp.body` with the secret, in base64, behind `v1,`. The id is the same
    however often a message is sent, so that a receiver takes it once.
    """

    def __init__(self, url: str, secret: bytes, clock: Clock) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock

    @property
    def active(self) -> bool:
        """Whether an address is set."""
        return bool(self._url)

    def send(self, message: OutgoingMessage) -> None:
        """Hand the message over. Raises OSError unless the answer is 2xx."""
        stamp = str(int(self._clock.now().timestamp()))
        body = message.body.encode()
        signed = hmac.new(self._secret, f"{message.key}.{stamp}.".encode() + body, sha256).digest()
        reply = ask(
            "POST",
            self._url,
            body,
            content_type="application/json",
            webhook_id=message.key,
            webhook_timestamp=stamp,
            webhook_signature=f"v1,{base64.b64encode(signed).decode()}",
        )
        if not 200 <= reply.status < 300:
            raise ConnectionError(f"the webhook answered {reply.status}")
