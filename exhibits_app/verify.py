"""Verify an evidence bundle of an exhibit ledger: one file, Python 3.11 or later, nothing to install, no network.

    python3 verify.py BUNDLE.zip --origin ORIGIN --log-key KEY [--witness KEY]... [--tsa-roots FILE]...
                                 [--checkpoint FILE]...

Origin and keys must come to you from elsewhere than the bundle: print, letter, another party. Without them levels 3
and above are NOT CHECKED. `--checkpoint` is a signed checkpoint that you have kept since earlier, `--tsa-roots` the
certificates (PEM) of a time-stamp authority; its tokens are checked by openssl, if that is here. One line a level is
printed; the exit code is 0 where nothing failed, 1 where something did, 2 where the call was wrong. The format, and
every rule that is checked here, is written down in the project's docs/ledger.md.
"""

import argparse
import base64
import hashlib
import json
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile
from zlib import error as damaged_data

MOST_BYTES = 256 * 2**20  # Of all files of a bundle together, once unpacked: a zip bomb stops here.
ENTRY_FORM = {
    "at": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "log": r"[!#-*,-\[\]-~]{1,200}",
    "prev": r"[0-9a-f]{64}",
    "type": r"[a-z][a-z0-9_]{0,39}",
}
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SYSTEM_TYPES = ("anchor", "heads", "incident", "key")


class Failed(Exception):
    """Something does not hold: the file in which it shows, and why."""


class NotChecked(Exception):
    """There is nothing to check this with."""


class Link(NamedTuple):
    """An entry as it stands in the bundle: its bytes, what they say, and its leaf hash."""

    raw: bytes
    says: dict[str, Any]
    leaf: bytes


def need(holds: object, where: str, why: str) -> None:
    """Go on if it holds."""
    if not holds:
        raise Failed(f"{where}: {why}")


# Bytes and JSON (docs/ledger.md, sections 1 to 3)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def canonical(value: Any, depth: int = 0) -> str:
    """The only JSON text this value may have; ValueError for a value that may not stand there."""
    if isinstance(value, dict | list) and depth == 16:
        raise ValueError("it is nested more than 16 deep")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{json_text(key)}:{canonical(value[key], depth + 1)}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item, depth + 1) for item in value) + "]"
    if isinstance(value, str | bool) or (isinstance(value, int) and abs(value) < 2**53):
        return json_text(value)
    raise ValueError(f"{value!r:.40} may not stand in it")


def json_text(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_json(raw: bytes, where: str) -> Any:
    """The value of canonical JSON. Duplicate keys and every other spelling change the bytes, and so show."""
    try:
        value = json.loads(raw.decode("utf-8"))
        same = canonical(value).encode("utf-8") == raw
    except (ValueError, RecursionError) as error:
        raise Failed(f"{where}: it is not canonical JSON ({error})") from None
    need(same, where, "it is not the canonical JSON of its value")
    return value


def is_hash(text: Any) -> bool:
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None


def is_count(number: Any) -> bool:
    return type(number) is int and 0 <= number < 2**53


def read_entry(raw: bytes, where: str) -> Link:
    """An exhibit's entry or a system entry, with exactly the members and forms of version 1."""
    says = read_json(raw, where)
    need(isinstance(says, dict) and says.get("v") == 1 and says["v"] is not True, where, "its version is not 1")
    system = says.get("type") in SYSTEM_TYPES
    members = {"at", "data", "log", "type", "v"} if system else {"at", "det", "ex", "log", "prev", "seq", "type", "v"}
    need(
        members <= set(says) <= members | (set() if system else {"grp"}), where, "its members are not those of an entry"
    )
    for name in sorted(members & set(ENTRY_FORM)):
        fits = isinstance(says[name], str) and re.fullmatch(ENTRY_FORM[name], says[name], re.ASCII)
        need(fits, where, f"{name} has another form")
    try:
        datetime.fromisoformat(says["at"])
    except ValueError:
        raise Failed(f"{where}: at is not a time") from None
    need(isinstance(says["data"], dict) if system else exhibit_members_fit(says), where, "a member has another form")
    return Link(raw, says, sha256(b"\x00" + raw))


def exhibit_members_fit(says: dict[str, Any]) -> bool:
    det, group = says["det"], says.get("grp")
    if not isinstance(det, list) or not all(map(is_hash, det)) or det != sorted(set(det)):
        return False
    if not is_count(says["ex"]) or says["ex"] < 1 or not is_count(says["seq"]):
        return False
    if (says["seq"] == 0) != (says["prev"] == "0" * 64):
        return False
    if "grp" not in says:
        return True
    if not isinstance(group, dict) or set(group) != {"i", "id", "n"} or not isinstance(group["id"], str):
        return False
    numbers = is_count(group["i"]) and is_count(group["n"]) and 1 <= group["i"] <= group["n"]
    return numbers and re.fullmatch(UUID, group["id"]) is not None


def read_disclosure(text: str, where: str) -> tuple[str, Any]:
    """Name and value that are disclosed, once the text is exactly base64url(JSON [salt, name, value])."""
    parts = read_json(unbase64(text, where, url=True), where)
    need(isinstance(parts, list) and len(parts) == 3, where, "a disclosure is not salt, name and value")
    salt, name = parts[:2]
    need(isinstance(salt, str) and isinstance(name, str) and name, where, "salt and name must be text")
    need(len(unbase64(salt, where, url=True)) == 16, where, "a salt does not have 16 bytes")
    return str(name), parts[2]


def read_erased(value: Any, where: str) -> list[str]:
    """The digests that the list of an erase entry names."""
    need(isinstance(value, list), where, "the list of what was erased has another form")
    for one in value:
        fits = isinstance(one, dict) and set(one) == {"digest", "kept", "name", "seq"} and is_hash(one["digest"])
        fits = fits and isinstance(one["name"], str) and one["name"] != "" and is_count(one["seq"])
        need(fits, where, "the list of what was erased has another form")
    return [one["digest"] for one in value]


def unbase64(text: str, where: str, *, url: bool = False) -> bytes:
    """The bytes of base64 in its one canonical spelling."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4 if url else 0), b"-_" if url else None, validate=True)
    except ValueError:
        raise Failed(f"{where}: it is not base64") from None
    written = (base64.urlsafe_b64encode(data).rstrip(b"=") if url else base64.b64encode(data)).decode()
    need(written == text, where, "it is not the canonical base64 of its bytes")
    return data


# Trees (section 5)


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right)


def head_leaf(ex: int, count: int, last: bytes, last_index: int) -> bytes:
    """A leaf of a register tree (section 7)."""
    return sha256(b"\x00exhibit-head/v1\n" + struct.pack(">QQ32sQ", ex, count, last, last_index))


def included(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes, where: str) -> None:
    """RFC 9162 section 2.1.3.2."""
    need(0 <= index < size and all(len(one) == 32 for one in (leaf, root, *proof)), where, "the proof has no such form")
    position, last, result = index, size - 1, leaf
    for sibling in proof:
        need(last, where, "the inclusion proof is too long")
        if position & 1 or position == last:
            result = node(sibling, result)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            result = node(result, sibling)
        position, last = position >> 1, last >> 1
    need(not last and result == root, where, "the inclusion proof does not lead to the root")


def consistent(old: int, new: int, proof: list[bytes], old_root: bytes, new_root: bytes, where: str) -> None:
    """RFC 9162 section 2.1.4.2."""
    need(1 <= old <= new and all(len(one) == 32 for one in (old_root, new_root, *proof)), where, "no such proof exists")
    if old == new:
        need(not proof and old_root == new_root, where, f"there are two roots for size {old}: the log was forked")
        return
    path = ([old_root] if old & (old - 1) == 0 else []) + proof
    need(path, where, "the consistency proof is empty")
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        need(last, where, "the consistency proof is too long")
        if position & 1 or position == last:
            first, second = node(sibling, first), node(sibling, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = node(second, sibling)
        position, last = position >> 1, last >> 1
    agrees = not last and (first, second) == (old_root, new_root)
    need(agrees, where, f"the tree of {new} entries does not begin with the tree of {old} that you hold")


# Signatures, notes and checkpoints (section 6)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
Point = tuple[int, int, int, int]  # X, Y, Z, T of RFC 8032 section 5.1.4


def add(one: Point, other: Point) -> Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % P, (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    for bit in bin(scalar)[2:]:
        total = add(total, total)
        total = add(total, point) if bit == "1" else total
    return total


def decoded(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519 of RFC 8032, strictly: S below the order, canonical points, no cofactor."""
    key, base = decoded(public), decoded((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    s = int.from_bytes(signature[32:], "little")
    if len(public) != 32 or len(signature) != 64 or key is None or base is None or s >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, _ = add(times(s, base), times(challenge, (P - key[0], key[1], key[2], P - key[3])))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


class Key(NamedTuple):
    """A public key under a name: kind 1 signs for a log, kind 4 for a witness."""

    name: str
    key_id: bytes
    kind: int
    public: bytes


def read_key(text: str, kind: int) -> Key:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    typed = unbase64(encoded, "the key you gave")
    true_id = sha256(name.encode() + b"\n" + typed)[:4]
    need(
        len(typed) == 33 and typed[0] == kind and true_id.hex() == key_id,
        "the key you gave",
        "it is not a key of its kind",
    )
    return Key(name, true_id, kind, typed[1:])


class Checkpoint(NamedTuple):
    """A checkpoint of the log; `signed` has each key that signed it, with the time in POSIX seconds for a witness's."""

    raw: bytes
    size: int
    root: bytes
    signed: dict[Key, int]


def read_checkpoint(raw: bytes, origin: str, keys: list[Key], where: str) -> Checkpoint:
    """The checkpoint, with those of `keys` that have signed it. Whether any has is for the caller to look at."""
    try:
        body, blank, block = raw.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError:
        raise Failed(f"{where}: it is not UTF-8") from None
    need(
        blank and block.endswith("\n") and not re.search(r"[\x00-\x09\x0b-\x1f]", body + block),
        where,
        "it is not a note",
    )
    text, good = body + "\n", dict[Key, int]()
    need(block.count("\n") <= 100, where, "it has more than 100 signatures")
    for line in block[:-1].split("\n"):
        parts = line.split(" ")
        need(len(parts) == 3 and parts[0] == "\u2014", where, "a signature line has another form")
        for key in keys:
            data = unbase64(parts[2], where)
            if (parts[1], data[:4]) == (key.name, key.key_id):
                good[key] = check_signature(text, key, data[4:], where)
    lines = body.split("\n")
    need(len(lines) >= 3 and all(lines) and lines[0] == origin, where, f"it is not a checkpoint of {origin}")
    need(re.fullmatch("0|[1-9][0-9]{0,17}", lines[1]), where, "its size is not a plain number")
    root = unbase64(lines[2], where)
    need(len(root) == 32, where, "its root does not have 32 bytes")
    return Checkpoint(raw, int(lines[1]), root, good)


def read_paper(text: str, origin: str) -> Checkpoint:
    """The checkpoint that a code on paper names: form, origin, size, root. No key has signed it, but perhaps a hand."""
    where, parts = "the paper", text.strip().split(" ")
    need(len(parts) == 4 and parts[0] == "exhibits/1", where, "it is not exhibits/1, an origin, a size and a root")
    need(parts[1] == origin, where, f"it is of another log, {parts[1]:.80}")
    need(re.fullmatch("[1-9][0-9]{0,17}", parts[2]), where, "its size is not a plain number")
    root = unbase64(parts[3], where)
    need(len(root) == 32, where, "its root does not have 32 bytes")
    return Checkpoint(b"", int(parts[2]), root, {})


def check_signature(text: str, key: Key, signature: bytes, where: str) -> int:
    """The time stated by a witness, 0 for a log; Failed if a key that you gave did not make this signature."""
    at = int.from_bytes(signature[:8], "big") if key.kind == 4 else 0
    message = f"cosignature/v1\ntime {at}\n{text}" if key.kind == 4 else text
    sound = signed_by(key.public, message.encode(), signature[8:] if key.kind == 4 else signature)
    need(sound and at < 2**63, where, f"the signature by {key.name} does not fit the text")
    return at


# The bundle and its levels


def listed(path: str) -> int:
    """How many files the end of a .zip says there are; a damaged list before it can be read as a shorter one."""
    with open(path, "rb") as file:
        end = file.read()[-22:]
    need(len(end) == 22 and end[:4] == b"PK\x05\x06", "the bundle", "it does not end as a .zip does")
    return int.from_bytes(end[10:12], "little")


class Bundle:
    """The files of a bundle, read into memory by their names; nothing is ever unpacked to disk."""

    def __init__(self, path: str) -> None:
        self.files: dict[str, bytes] = {}
        left = MOST_BYTES
        with ZipFile(path) as packed:
            need(len(packed.infolist()) == listed(path), "the bundle", "its list of files is damaged")
            for info in packed.infolist():
                name = info.filename
                plain = re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", name)
                need(
                    plain and name not in self.files, "the bundle", f"{name!r:.80} may not be in it, or is in it twice"
                )
                need(info.compress_type in (0, 8) and not info.flag_bits & 1, name, "it is packed in another way")
                need(info.file_size <= left, name, f"the bundle unpacks to more than {MOST_BYTES} bytes")
                try:
                    with packed.open(info) as opened:
                        self.files[name] = opened.read(left)
                except (BadZipFile, damaged_data, EOFError, OSError, RuntimeError) as error:
                    raise Failed(f"{name}: it is damaged in the .zip ({str(error) or 'it ends too early'})") from None
                left -= len(self.files[name])

    def file(self, name: str) -> bytes:
        need(name in self.files, name, "the file is missing")
        return self.files[name]

    def lines(self, name: str) -> Iterator[tuple[str, bytes]]:
        """(file and line number, line); every line must end with a newline."""
        data = self.file(name)
        need(not data or data.endswith(b"\n"), name, "its last line is cut off")
        for number, line in enumerate(data.split(b"\n")[:-1], 1):
            yield f"{name} line {number}", line


class Given(NamedTuple):
    """What the reader brought along, from elsewhere than the bundle."""

    origin: str | None
    keys: list[Key]
    checkpoints: list[tuple[str, bytes]]
    roots: tuple[str, ...] = ()
    closed: tuple[Key, ...] = ()
    paper: tuple[str, ...] = ()


class Check:
    """All levels over one bundle, each resting on those before it."""

    def __init__(self, bundle: Bundle, given: Given) -> None:
        self.bundle, self.given = bundle, given
        self.chains: dict[int, list[Link]] = {}
        self.indices: dict[bytes, int] = {}
        self.leaves: dict[tuple[str, int], str] = {}

    def entries_and_disclosures(self) -> str:
        leaves: dict[bytes, Link] = {}
        for where, line in self.bundle.lines("entries.jsonl"):
            link = read_entry(line, where)
            need("ex" in link.says and link.leaf not in leaves, where, "it is no exhibit's entry, or stands here twice")
            leaves[link.leaf] = link
            self.chains.setdefault(link.says["ex"], []).append(link)
        need(leaves, "entries.jsonl", "it is empty")
        told, disclosed, erased = set[tuple[str, str]](), set[str](), dict[str, tuple[int, int]]()
        for where, line in self.bundle.lines("disclosures.jsonl"):
            says = read_json(line, where)
            need(isinstance(says, dict) and set(says) == {"disclosure", "leaf"}, where, "it has another form")
            need(isinstance(says["disclosure"], str) and is_hash(says["leaf"]), where, "it has another form")
            at = leaves.get(bytes.fromhex(says["leaf"]))
            digest = sha256(says["disclosure"].encode("utf-8")).hex()
            need(at and digest in at.says["det"], where, "the entry it is said to belong to never promised it")
            name, value = read_disclosure(says["disclosure"], where)
            need((says["leaf"], name) not in told, where, f"{name} is disclosed twice for one entry")
            told.add((says["leaf"], name))
            disclosed.add(digest)
            if at and (at.says["type"], name) == ("erase", "erase.erased"):
                erased.update(dict.fromkeys(read_erased(value, where), (at.says["ex"], at.says["seq"])))
        return f"{len(leaves)} entries, {len(told)} values disclosed, " + self.not_disclosed(disclosed, erased)

    def not_disclosed(self, disclosed: set[str], erased: dict[str, tuple[int, int]]) -> str:
        """Every value that is lacking was erased, by a later erase entry of the exhibit, or is withheld."""
        links = [link for links in self.chains.values() for link in links]
        promised = {one: (link.says["ex"], link.says["seq"]) for link in links for one in link.says["det"]}
        for digest, (ex, seq) in erased.items():
            before = digest in promised and promised[digest][0] == ex and promised[digest][1] < seq
            need(before, f"exhibit {ex}", f"entry {seq} erases {digest}, which no entry before it promised")
            need(digest not in disclosed, f"exhibit {ex}", f"the value of {digest} was erased, and is here")
        lacking = set(promised) - disclosed - set(erased)
        if "withheld.jsonl" in self.bundle.files:
            listed = {
                self.withheld(read_json(line, where), where) for where, line in self.bundle.lines("withheld.jsonl")
            }
            for digest in sorted(lacking ^ listed):
                why = "neither disclosed, erased nor listed" if digest in lacking else "listed, and not lacking"
                need(False, "withheld.jsonl", f"the value of {digest} is {why}")
        return f"{len(erased)} erased on record, {len(lacking)} withheld"

    def withheld(self, says: Any, where: str) -> str:
        names = {"digest", "leaf", "name", "reason"}
        need(isinstance(says, dict) and set(says) == names and is_hash(says["digest"]), where, "it has another form")
        return str(says["digest"])

    def chains_hold(self) -> str:
        logs = {link.says["log"] for links in self.chains.values() for link in links}
        succeeded = "incident.json" in self.bundle.files
        need(len(logs) == 1 or succeeded, "entries.jsonl", "its entries belong to different logs")
        for ex, links in self.chains.items():
            prev, passed = "0" * 64, list[str]()
            for seq, link in enumerate(links):
                where = f"entries.jsonl, exhibit {ex}, entry {seq}"
                if link.says["log"] not in passed[-1:]:
                    need(link.says["log"] not in passed, where, "its chain returns to a log that it had left")
                    passed.append(link.says["log"])
                need(
                    link.says["seq"] == seq, where, f"it is numbered {link.says['seq']}: one is missing or out of order"
                )
                need(link.says["prev"] == prev, where, "it does not follow the entry before it")
                prev = link.leaf.hex()
        return f"{len(self.chains)} exhibits, each numbered without a gap"

    def inclusion(self) -> str:
        self.checkpoint = self.signed("checkpoint", self.bundle.file("checkpoint"))
        own = [link for links in self.chains.values() for link in links if link.says["log"] == self.given.origin]
        self.indices.update({link.leaf: self.index(link.leaf) for link in own})
        older = {
            ex: [link for link in links if link.says["log"] != self.given.origin] for ex, links in self.chains.items()
        }
        if "incident.json" in self.bundle.files:
            return self.carried_over(older)
        for ex, links in older.items():
            need(not links, f"exhibit {ex}", "its entries belong to another log")
        return f"all included in the checkpoint of size {self.checkpoint.size}"

    def carried_over(self, older: dict[int, list[Link]]) -> str:
        """Entries of logs closed before this one (section 11): its first entry names where every chain stood then."""
        entry = read_entry(self.bundle.file("incident.json").removesuffix(b"\n"), "incident.json")
        carried = entry.says.get("data", {}).get("carried")
        fits = entry.says["type"] == "incident" and entry.says["log"] == self.given.origin
        fits = fits and isinstance(carried, dict) and set(carried) == {"exhibits", "root"} and is_hash(carried["root"])
        need(fits and is_count(carried["exhibits"]), "incident.json", "it is not an incident of this log that says so")
        need(self.index(entry.leaf) == 0, "incident.json", "it is not the first entry of the log")
        proofs = self.numbered("carried.jsonl", "ex")
        for ex, links in older.items():
            where = f"carried.jsonl, exhibit {ex}"
            need(self.chains[ex][: len(links)] == links, where, "entries of closed logs come after those of this one")
            if links or ex <= carried["exhibits"]:
                leaf = head_leaf(ex, len(links), links[-1].leaf if links else bytes(32), 0)
                need(ex in proofs, where, "its proof is missing")
                included(leaf, ex - 1, carried["exhibits"], proofs[ex], bytes.fromhex(carried["root"]), where)
        count = sum(map(len, older.values()))
        return (
            f"{len(self.indices)} included in the checkpoint of size {self.checkpoint.size}; {count} are of closed "
            f"logs, and its first entry fixes them since {entry.says['at']}"
        )

    def closed_logs(self) -> Iterator[tuple[str, str, Checkpoint]]:
        """Folder, name and last checkpoint of each closed log whose key you gave."""
        for where in sorted(self.bundle.files):
            if re.fullmatch(r"closed/[1-9][0-9]{0,3}/checkpoint", where):
                raw = self.bundle.file(where)
                for key in self.given.closed:
                    if raw.startswith(key.name.encode() + b"\n"):
                        held = read_checkpoint(raw, key.name, [key], where)
                        need(key in held.signed, where, "the closed log's key has not signed it")
                        yield where.removesuffix("checkpoint"), key.name, held

    def signed_before(self) -> str:
        """Each entry of a closed log in a checkpoint that this log signed while it was open."""
        entries = [link for links in self.chains.values() for link in links if link.says["log"] != self.given.origin]
        if not entries:
            raise NotChecked("no entry of these exhibits is of a closed log")
        names = {key.name for key in self.given.closed}
        if lacking := sorted({link.says["log"] for link in entries} - names):
            raise NotChecked(f"you gave no --closed-log-key of {', '.join(lacking)}")
        found, said = set[bytes](), list[str]()
        for folder, log, held in self.closed_logs():
            proofs = self.numbered(f"{folder}inclusion.jsonl", "index", "leaf")
            places = {bytes.fromhex(self.leaves[folder, index]): index for index in proofs}
            for link in (link for link in entries if link.says["log"] == log and link.leaf in places):
                index, where = places[link.leaf], f"{folder}inclusion.jsonl, leaf {link.leaf.hex()}"
                included(link.leaf, index, held.size, proofs[index], held.root, where)
                found.add(link.leaf)
            said.append(f"size {held.size} of {log}")
        told = f"{len(found)} of {len(entries)} are in {', '.join(said) or 'no checkpoint'}"
        if len(found) < len(entries):
            raise NotChecked(f"{told}; the others rest on the incident alone")
        return told

    def signed(self, where: str, raw: bytes) -> Checkpoint:
        if self.given.origin is None or not self.given.keys or self.given.keys[0].kind != 1:
            raise NotChecked("you gave no --origin and --log-key")
        checkpoint = read_checkpoint(raw, self.given.origin, self.given.keys, where)
        need(self.given.keys[0] in checkpoint.signed, where, "the log's own key has not signed it")
        return checkpoint

    def index(self, leaf: bytes) -> int:
        """Where this leaf stands in the log, from its proof: C2SP tlog-proof without extra data."""
        where = f"proofs/{leaf.hex()}.tlog-proof"
        head, _, note = self.bundle.file(where).partition(b"\n\n")
        need(note == self.checkpoint.raw, where, "it is for another checkpoint than that of the bundle")
        form = rb"c2sp\.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,17})((?:\n[A-Za-z0-9+/]{43}=){0,63})"
        found = re.fullmatch(form, head)
        if found is None:
            raise Failed(f"{where}: it has another form")
        proof = [unbase64(line, where) for line in found[2].decode().split("\n")[1:]]
        included(leaf, int(found[1]), self.checkpoint.size, proof, self.checkpoint.root, where)
        return int(found[1])

    def completeness(self) -> str:
        raw = self.bundle.file("heads.json").removesuffix(b"\n")
        entry = read_entry(raw, "heads.json")
        data = entry.says.get("data", {})
        fits = entry.says["type"] == "heads" and set(data) == {"exhibits", "root", "size"} and is_hash(data["root"])
        fits = fits and is_count(data["exhibits"]) and is_count(data["size"]) and entry.says["log"] == self.given.origin
        need(fits and data["size"] <= self.index(entry.leaf), "heads.json", "it is not a heads entry of this log")
        registered = set[int]()
        for where, line in self.bundle.lines("register.jsonl"):
            registered.add(self.registered(read_json(line, where), data, where))
        missing = sorted(set(self.chains) - registered)
        need(not missing, "register.jsonl", f"it says nothing of exhibits {missing[:5]}")
        later = sum(index >= data["size"] for index in self.indices.values())
        return f"all entries as of log size {data['size']}, {entry.says['at']}; {later} later entries are not covered"

    def registered(self, says: Any, data: dict[str, Any], where: str) -> int:
        """The exhibit of this line, once its chain is what the register tree says, no more and no less."""
        need(
            isinstance(says, dict) and set(says) == {"ex", "proof"} and is_count(says["ex"]),
            where,
            "it has another form",
        )
        need(isinstance(says["proof"], list) and all(map(is_hash, says["proof"])), where, "it has another form")
        ex = says["ex"]
        need(ex in self.chains, where, f"the bundle has no entries of exhibit {ex}")
        links = [link for link in self.chains[ex] if self.indices.get(link.leaf, data["size"]) < data["size"]]
        last, index = (links[-1].leaf, self.indices[links[-1].leaf]) if links else (bytes(32), 0)
        proof = [bytes.fromhex(one) for one in says["proof"]]
        leaf = head_leaf(ex, len(links), last, index)
        included(
            leaf, ex - 1, data["exhibits"], proof, bytes.fromhex(data["root"]), f"{where}, exhibit {ex} is not complete"
        )
        return int(ex)

    def growth(self) -> str:
        if not self.given.checkpoints and not self.given.paper:
            raise NotChecked("you gave no --checkpoint or --paper of your own")
        proofs, sizes = self.numbered("consistency.jsonl", "from"), list[str]()
        closed = {log: (folder, last) for folder, log, last in self.closed_logs()}
        for where, raw in self.given.checkpoints:
            log = raw.partition(b"\n")[0].decode("utf-8", "replace")
            if log in closed:
                sizes.append(self.grown_before(log, *closed[log], where, raw))
                continue
            sizes.append(self.grown_since(self.signed(where, raw), proofs, where))
        for text in self.given.paper:
            sizes.append(self.grown_since(read_paper(text, str(self.given.origin)), proofs, "the paper") + " on paper")
        return f"it only grew since size {', '.join(sizes)}"

    def grown_since(self, held: Checkpoint, proofs: dict[int, list[bytes]], where: str) -> str:
        size = self.checkpoint.size
        if held.size > size or (held.size < size and held.size not in proofs):
            raise NotChecked(f"the bundle has no consistency proof from size {held.size} to {size}; ask for one")
        self.begins_with(held, proofs, where)
        return str(held.size)

    def grown_before(self, log: str, folder: str, last: Checkpoint, where: str, raw: bytes) -> str:
        """A checkpoint that you hold of a log closed since: what is left of that log begins with it."""
        key = next(key for key in self.given.closed if key.name == log)
        held = read_checkpoint(raw, log, [key], where)
        need(key in held.signed, where, "the closed log's key has not signed it")
        proofs = self.numbered(f"{folder}consistency.jsonl", "from")
        if held.size > last.size or (held.size < last.size and held.size not in proofs):
            raise NotChecked(f"of {log} the bundle proves nothing between size {held.size} and {last.size}")
        consistent(held.size, last.size, proofs.get(held.size, []), held.root, last.root, f"{where}, by {folder}")
        return f"{held.size} of {log}"

    def numbered(self, name: str, key: str, *leaf: str) -> dict[int, list[bytes]]:
        """The proofs in a file of lines, by the number that each line begins with."""
        proofs: dict[int, list[bytes]] = {}
        for where, line in self.bundle.lines(name):
            says = read_json(line, where)
            need(isinstance(says, dict) and set(says) == {key, "proof", *leaf}, where, "it has another form")
            need(isinstance(says["proof"], list) and all(map(is_hash, says["proof"])), where, "it has another form")
            need(is_count(says[key]) and says[key] not in proofs, where, "it has another form, or stands here twice")
            need(all(is_hash(says[one]) for one in leaf), where, "it has another form")
            proofs[says[key]] = [bytes.fromhex(one) for one in says["proof"]]
            self.leaves.update({(name.rpartition("/")[0] + "/", says[key]): says[one] for one in leaf})
        return proofs

    def begins_with(self, held: Checkpoint, proofs: dict[int, list[bytes]], where: str) -> None:
        """The tree of the bundle's checkpoint begins with the tree of this one."""
        now = self.checkpoint
        proof = proofs.get(held.size, []) if held.size < now.size else []
        consistent(held.size, now.size, proof, held.root, now.root, f"{where}, by consistency.jsonl")

    def vouched_for(self) -> Iterator[tuple[str, Checkpoint]]:
        """The bundle's own checkpoint, and those in outside/ that its tree grew from: a witness may have cosigned any.

        The log's own signature is not needed on these, for it may have another key since: the proof of growth ties
        each of them to the checkpoint that the log's key has signed.
        """
        yield "checkpoint", self.checkpoint
        proofs = self.numbered("consistency.jsonl", "from")
        for where in sorted(self.bundle.files):
            named = re.fullmatch(r"outside/([1-9][0-9]{0,17})\.checkpoint", where)
            if named:
                raw = self.bundle.file(where)
                held = read_checkpoint(raw, str(self.given.origin), self.given.keys, where)
                need(held.size == int(named[1]), where, f"it is of size {held.size}")
                self.begins_with(held, proofs, where)
                yield where, held

    def witnesses(self) -> str:
        wanted = [key for key in self.given.keys if key.kind == 4]
        if not wanted:
            raise NotChecked("you gave no --witness key")
        seen: dict[Key, tuple[int, int]] = {}
        for _, held in self.vouched_for():
            for key in wanted:
                if key in held.signed and held.size > seen.get(key, (0, 0))[0]:
                    seen[key] = held.size, held.signed[key]
        absent = [key.name for key in wanted if key not in seen]
        need(not absent, "checkpoint", f"neither it nor one in outside/ was cosigned by {', '.join(absent)}")
        said = [f"{key.name} at {utc(at)} (size {size})" for key, (size, at) in seen.items()]
        return self.covering(min(size for size, _ in seen.values()), f"cosigned by {', '.join(said)}")

    def time_stamps(self) -> str:
        if not self.given.roots:
            raise NotChecked("you gave no --tsa-roots")
        if shutil.which("openssl") is None:
            raise NotChecked("openssl is not on this machine, and nothing else here reads time-stamp tokens")
        stamped, said = [], []
        for roots in self.given.roots:
            found, reasons = self.stamped_under(roots)
            need(found, "outside/", f"no token holds under {roots}: {'; '.join(reasons) or 'there is none'}")
            size, at, where = max(found)
            stamped.append(size)
            said.append(f"{where} at {utc(at)} (size {size}), under {roots}")
        return self.covering(min(stamped), f"stamped by {', '.join(said)}")

    def stamped_under(self, roots: str) -> tuple[list[tuple[int, int, str]], list[str]]:
        """(size, time, file) of each token that holds under these certificates, and why the others do not."""
        found, reasons = [], []
        for where, held in self.vouched_for():
            text = held.raw.rpartition(b"\n\n")[0] + b"\n"
            tokens = re.compile(re.escape(where.removesuffix(".checkpoint")) + r"\.[1-9][0-9]{0,3}\.tsr")
            for name in filter(tokens.fullmatch, sorted(self.bundle.files)):
                try:
                    found.append((held.size, stamped_at(self.bundle.file(name), text, roots), name))
                except Failed as reason:
                    reasons.append(f"{name}: {reason}")
        return found, reasons

    def covering(self, size: int, said: str) -> str:
        """What was said counts for the exhibits' entries only if each of them is among the first `size` of the log."""
        younger = sum(index >= size for index in self.indices.values())
        if younger:
            raise NotChecked(f"{said}, and {younger} of the {len(self.indices)} entries are younger")
        return f"{said}; all {len(self.indices)} entries are older"


def stamped_at(token: bytes, text: bytes, roots: str) -> int:
    """The POSIX time in an RFC 3161 response over this text, once openssl has verified it under these certificates.

    They need to have been valid at that time, not now. The two files that openssl reads are in a folder of their own.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("token", token), ("text", text)):
            with open(f"{folder}/{name}", "wb") as file:
                file.write(data)
        told = openssl("-reply", "-in", f"{folder}/token", "-text")
        digest = re.search(r"^Hash Algorithm: (\S+)$", told, re.MULTILINE)
        stated = re.search(r"^Time stamp: (\w+ +\d+ [\d:]+)[\d.]* (\d+) GMT$", told, re.MULTILINE)
        if digest is None or stated is None:
            raise Failed("it states no time")
        need(digest[1] in ("sha256", "sha384", "sha512"), "its hash", f"{digest[1]} is too weak")
        time = datetime.strptime(f"{stated[1]} {stated[2]} +0000", "%b %d %H:%M:%S %Y %z")
        at = int(time.timestamp())
        given = ["-in", f"{folder}/token", "-data", f"{folder}/text", "-CAfile", roots, "-attime", str(at)]
        openssl("-verify", *given)
        return at


def openssl(*words: str) -> str:
    """What `openssl ts` prints, or Failed with its last words."""
    done = subprocess.run(["openssl", "ts", *words], capture_output=True, text=True, errors="replace", check=False)
    last = (done.stderr.strip().splitlines() or ["openssl failed"])[-1]
    need(done.returncode == 0, "openssl", last.rpartition(":")[2] or last)
    return done.stdout


def utc(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return f"{seconds} s after 1970"


def cannot(reason: str) -> Callable[[], str]:
    """A level for which a bundle is not enough."""

    def run() -> str:
        raise NotChecked(reason)

    return run


class Verdict(NamedTuple):
    """One line of the answer."""

    level: str
    result: str
    statement: str
    detail: str


def verify(bundle: Bundle, given: Given) -> list[Verdict]:
    """Every level, in order. A level is NOT CHECKED if one that it rests on did not pass."""
    check = Check(bundle, given)
    whole = cannot("a bundle does not hold the whole log")
    levels: list[tuple[str, str, str, Callable[[], str]]] = [
        ("L0", "", "the database's own rules hold", cannot("they cannot be seen from a bundle")),
        ("L1", "", "entries and disclosures are what was hashed", check.entries_and_disclosures),
        ("L2", "L1", "each exhibit's chain is unbroken", check.chains_hold),
        ("L3", "L2", "every entry is in a checkpoint that the log signed", check.inclusion),
        ("L3c", "L3", "entries of closed logs are in checkpoints these signed", check.signed_before),
        ("L4", "L3", "the chains are complete", check.completeness),
        ("L5", "L3", "the log only grew since what you hold", check.growth),
        ("L6", "L3", "witnesses saw the checkpoint", check.witnesses),
        ("L6t", "L3", "time-stamp authorities saw the checkpoint", check.time_stamps),
        ("L7", "L3", "the whole log holds together", whole),
    ]
    if "incident.json" not in bundle.files:
        levels = [one for one in levels if one[0] != "L3c"]
    verdicts: dict[str, Verdict] = {}
    for level, rests_on, statement, run in levels:
        result, detail = "NOT CHECKED", f"it rests on {rests_on}"
        if not rests_on or verdicts[rests_on].result == "PASS":
            result, detail = outcome(run)
        verdicts[level] = Verdict(level, result, statement, detail)
    return list(verdicts.values())


def outcome(run: Callable[[], str]) -> tuple[str, str]:
    try:
        return "PASS", run()
    except NotChecked as reason:
        return "NOT CHECKED", str(reason)
    except Failed as reason:
        return "FAIL", str(reason)


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Verify an evidence bundle of an exhibit ledger, without a network.")
    parser.add_argument("bundle", help="the .zip")
    parser.add_argument("--origin", help="name of the log, as you were told it from elsewhere")
    parser.add_argument("--log-key", help="the log's verifier key, from elsewhere")
    parser.add_argument("--closed-log-key", action="append", default=[], help="key of a log closed before this one")
    parser.add_argument("--witness", action="append", default=[], help="a witness's verifier key, from elsewhere")
    parser.add_argument("--tsa-roots", action="append", default=[], help="PEM file with an authority's certificates")
    parser.add_argument("--checkpoint", action="append", default=[], help="file with a checkpoint that you have kept")
    parser.add_argument("--paper", action="append", default=[], help="text of a checkpoint's code on paper you keep")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    return parser.parse_args(argv)


def what_was_given(asked: argparse.Namespace) -> Given:
    keys = [read_key(asked.log_key, 1)] if asked.log_key else []
    keys += [read_key(text, 4) for text in asked.witness]
    held = []
    for name in asked.checkpoint:
        with open(name, "rb") as file:
            held.append((name, file.read(1_000_000)))
    for name in asked.tsa_roots:
        with open(name, "rb") as file:
            file.read(1)
    closed = tuple(read_key(text, 1) for text in asked.closed_log_key)
    return Given(asked.origin, keys, held, tuple(asked.tsa_roots), closed, tuple(asked.paper))


def main(argv: list[str]) -> int:
    asked = arguments(argv)
    try:
        given = what_was_given(asked)
    except (Failed, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        verdicts = verify(Bundle(asked.bundle), given)
    except (Failed, OSError, BadZipFile, RuntimeError) as error:  # RuntimeError: a .zip of a kind Python cannot read.
        verdicts = [Verdict("-", "FAIL", "the bundle can be read", str(error) or "it is no .zip")]
    for one in verdicts:
        plain = f"{one.level:<4}{one.result:<12} {one.statement}: {one.detail}"
        sys.stdout.write((json.dumps(one._asdict()) if asked.json else plain) + "\n")
    if not asked.json:
        sys.stdout.write("No level shows that a movement was recorded at all, or that what was recorded is true.\n")
    return 1 if any(one.result == "FAIL" for one in verdicts) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
