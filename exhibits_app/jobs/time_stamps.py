"""Time-stamp authorities (RFC 3161) over HTTP; a token is believed only under roots that are set here."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from ..domain.ledger_faults import TimeStampFails
from .outside import ask

QUERY: Final = "application/timestamp-query"
GRANTED: Final = 0
OK: Final = 200


class HttpAuthority:
    """Implements the TimeStampAuthority port. `roots` is a PEM file of the certificates that are trusted."""

    def __init__(self, url: str, roots: Path | None) -> None:
        self._url = url
        self._roots = roots

    @property
    def name(self) -> str:
        """Its address."""
        return self._url

    def stamp(self, text: bytes) -> bytes:
        """A token over the text: the DER response. Raises OSError, TimeStampFails."""
        builder = TimestampRequestBuilder().data(text).hash_algorithm(HashAlgorithm.SHA256)
        request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
        reply = ask("POST", self._url, request.as_bytes(), content_type=QUERY)
        if reply.status != OK:
            raise ConnectionError(f"answer {reply.status}")
        self._verify(VerifierBuilder.from_request(request), text, reply.body)
        return reply.body

    def check(self, text: bytes, token: bytes) -> datetime:
        """The time in the token, once it holds under the roots that are set here. Raises TimeStampFails."""
        return self._verify(VerifierBuilder(), text, token)

    def _verify(self, builder: VerifierBuilder, text: bytes, token: bytes) -> datetime:
        response = _read(token)
        for root in self._trusted():
            builder = builder.add_root_certificate(root)
        try:
            builder.build().verify_message(response, text)
        except VerificationError as error:
            raise TimeStampFails(str(error).rstrip(".")) from error
        return response.tst_info.gen_time.astimezone(UTC)

    def _trusted(self) -> list[Certificate]:
        if self._roots is None:
            raise TimeStampFails("no certificates are set to check it with (EXHIBITS_TSA_ROOTS)")
        try:
            return load_pem_x509_certificates(self._roots.read_bytes())
        except (OSError, ValueError) as error:
            raise TimeStampFails(f"the certificates in {self._roots.name} cannot be read") from error


def _read(token: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(token)
    except ValueError as error:
        raise TimeStampFails("it is not the DER of a response (RFC 3161)") from error
    if response.status != GRANTED:
        raise TimeStampFails(f"the authority did not grant it ({', '.join(response.status_string) or response.status})")
    return response
