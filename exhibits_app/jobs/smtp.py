"""Sends messages through a mail server."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from ..domain.text import is_email
from ..services.ports import OutgoingMessage

TIMEOUT_SECONDS = 20


class SmtpMailer:
    """A mail server at `smtp://[user:password@]host:port` (`smtps://` for TLS from the start)."""

    def __init__(self, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    @property
    def active(self) -> bool:
        """Whether a mail server is set."""
        return bool(self._url.hostname)

    def send(self, message: OutgoingMessage) -> None:
        """Hand the message over. Raises OSError (smtplib's errors are) when the server does not take it."""
        if not is_email(message.to):
            raise smtplib.SMTPRecipientsRefused({message.to: (550, b"this is not an e-mail address")})
        mail = EmailMessage()
        mail["From"] = self._sender
        mail["To"] = message.to
        mail["Subject"] = message.subject
        mail["Message-ID"] = f"<{message.key.replace(':', '.')}@exhibits>"
        mail.set_content(message.body)
        for name, data in message.files:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        kind = smtplib.SMTP_SSL if self._url.scheme == "smtps" else smtplib.SMTP
        port = self._url.port or (465 if self._url.scheme == "smtps" else 25)
        with kind(self._url.hostname or "", port, timeout=TIMEOUT_SECONDS) as server:
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(mail)
