"""A time-stamp authority of our own: `openssl ts` with a root made for the test, behind HTTP on a loopback port."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from werkzeug.wrappers import Request, Response

from tests.support.outside import listening

SETTINGS = """
[req]
distinguished_name = name
prompt = no
[name]
CN = nobody
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[ts]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.2
digests = sha1, sha256, sha512
tsa_name = yes
ess_cert_id_alg = sha256
"""
NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def openssl(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run openssl in this folder; the caller looks at the result."""
    return subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=False)


class Authority:
    """An authority with a root and a signing certificate in this folder. `refuses` while it is to refuse."""

    def __init__(self, folder: Path, name: str = "Test authority") -> None:
        self.folder = folder
        self.refuses = False
        folder.mkdir()
        (folder / "ts.cnf").write_text(SETTINGS.format(folder=folder), "utf-8")
        (folder / "serial").write_text("01\n", "utf-8")
        config = ["-config", "ts.cnf"]
        made = ["-keyout", "root.key", "-out", "root.pem", "-days", "3650", "-extensions", "root"]
        self._run("req", "-x509", *NEW_KEY, *made, *config, "-subj", f"/CN={name} root")
        self._run("req", *NEW_KEY, "-keyout", "signer.key", "-out", "signer.csr", *config, "-subj", f"/CN={name}")
        by_root = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "3650"]
        extensions = ["-extfile", "ts.cnf", "-extensions", "signer"]
        self._run("x509", "-req", "-in", "signer.csr", "-out", "signer.pem", *by_root, *extensions)

    @property
    def root(self) -> Path:
        """The certificate that a verifier trusts, in PEM."""
        return self.folder / "root.pem"

    def reply(self, query: bytes) -> bytes:
        """The response to a query, as DER."""
        (self.folder / "query").write_bytes(query)
        self._run("ts", "-reply", "-config", "ts.cnf", "-section", "ts", "-queryfile", "query", "-out", "reply")
        return (self.folder / "reply").read_bytes()

    def stamp(self, text: bytes, *, digest: str = "sha256") -> bytes:
        """A token over the text, as openssl itself would ask for it."""
        (self.folder / "text").write_bytes(text)
        self._run("ts", "-query", "-data", "text", f"-{digest}", "-cert", "-out", "own-query")
        return self.reply((self.folder / "own-query").read_bytes())

    def _run(self, *words: str) -> None:
        done = openssl(self.folder, *words)
        assert done.returncode == 0, done.stderr.decode()


@contextmanager
def stamping(authority: Authority) -> Iterator[str]:
    """Its address, while it runs."""

    def app(environ, start_response):  # type: ignore[no-untyped-def]
        request = Request(environ)
        asked = request.get_data()
        if authority.refuses or request.mimetype != "application/timestamp-query":
            return Response("no", 503)(environ, start_response)
        answer = Response(authority.reply(asked), content_type="application/timestamp-reply")
        return answer(environ, start_response)

    with listening(app) as address:
        yield address


def verified(folder: Path, token: bytes, text: bytes, root: Path) -> bool:
    """Whether `openssl ts -verify` finds that the token is over this text, under this root."""
    (folder / "token.tsr").write_bytes(token)
    (folder / "stamped.txt").write_bytes(text)
    words = ["-in", "token.tsr", "-data", "stamped.txt", "-CAfile", str(root)]
    return openssl(folder, "ts", "-verify", *words).returncode == 0
