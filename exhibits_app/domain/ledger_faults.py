"""What can be wrong with a ledger, as facts: a verifier names the fault, never just says no.

LedgerFault
├── NotCanonical             bytes that are not the one canonical form of their value
├── MalformedEntry           canonical bytes that are not an entry of version 1
├── MalformedDisclosure      not base64url(JSON [salt, name, value])
├── ChainFault
│   ├── EmptyChain           nothing was handed over to verify
│   ├── LeafHashDiffers      stored bytes do not hash to the claimed leaf
│   ├── DisclosureNotCommitted  a disclosure that the entry never promised
│   ├── DisclosureRepeated   one name twice in one entry
│   ├── OtherExhibit, OtherLog  an entry of another exhibit or of another log
│   ├── SequenceBroken       a gap, a repetition or a wrong start
│   └── PreviousDiffers      the entry continues another history
├── TreeFault
│   ├── MalformedProof       wrong length, wrong size, hashes that are not 32 bytes
│   ├── RootDiffers          a well-formed proof of something else
│   ├── HeadDiffers          the register tree knows of more, fewer or other entries of the exhibit
│   ├── TileMissing, MalformedTile
│   └── TreeTooSmall         a size or index beyond the tree
├── NoteFault
│   ├── MalformedNote, MalformedKey, MalformedCheckpoint
│   ├── SignatureFails       a signature by a known key that does not verify
│   └── NoKnownSignature     nobody whose key we hold has signed
├── TimeStampFails           a token that does not show that the text was there at its time
└── WitnessFault (witness.py)

These are not refusals: nobody asked for anything. A refusal tells a person what to do; a fault tells a
court what is not so.
"""


class LedgerFault(Exception):
    """Base of all. `code` is for machines; `str()` is one whole sentence for people."""

    code = "ledger_fault"


class _Reasoned(LedgerFault):
    """A fault in the form of something, told by one reason."""

    what = "The ledger data"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what}: {self.reason}."


class NotCanonical(_Reasoned):
    code = "not_canonical"
    what = "The JSON is not in canonical form"


class MalformedEntry(_Reasoned):
    code = "malformed_entry"
    what = "The bytes are not a ledger entry"


class MalformedDisclosure(_Reasoned):
    code = "malformed_disclosure"
    what = "The text is not a disclosure"


class ChainFault(LedgerFault):
    """The history of one exhibit does not hold together; `position` counts the entries given, from 0."""

    code = "chain_fault"


class EmptyChain(ChainFault):
    code = "empty_chain"

    def __str__(self) -> str:
        return "No entries were given, so nothing was verified."


class LeafHashDiffers(ChainFault):
    code = "leaf_hash_differs"

    def __init__(self, position: int, claimed: str, computed: str) -> None:
        super().__init__(position, claimed, computed)
        self.position, self.claimed, self.computed = position, claimed, computed

    def __str__(self) -> str:
        return f"Entry {self.position} hashes to {self.computed}; the record claims {self.claimed}."


class DisclosureNotCommitted(ChainFault):
    code = "disclosure_not_committed"

    def __init__(self, position: int, digest: str) -> None:
        super().__init__(position, digest)
        self.position, self.digest = position, digest

    def __str__(self) -> str:
        return f"Entry {self.position} holds no digest {self.digest}, so the disclosure is not its own."


class DisclosureRepeated(ChainFault):
    code = "disclosure_repeated"

    def __init__(self, position: int, name: str) -> None:
        super().__init__(position, name)
        self.position, self.name = position, name

    def __str__(self) -> str:
        return f"Entry {self.position} discloses {self.name!r} more than once."


class OtherExhibit(ChainFault):
    code = "other_exhibit"

    def __init__(self, position: int, expected: int, found: int) -> None:
        super().__init__(position, expected, found)
        self.position, self.expected, self.found = position, expected, found

    def __str__(self) -> str:
        return f"Entry {self.position} is about exhibit {self.found}, in the chain of {self.expected}."


class OtherLog(ChainFault):
    code = "other_log"

    def __init__(self, position: int, expected: str, found: str) -> None:
        super().__init__(position, expected, found)
        self.position, self.expected, self.found = position, expected, found

    def __str__(self) -> str:
        return f"Entry {self.position} belongs to the log {self.found}, not to {self.expected}."


class SequenceBroken(ChainFault):
    code = "sequence_broken"

    def __init__(self, position: int, found: int) -> None:
        super().__init__(position, found)
        self.position, self.found = position, found

    def __str__(self) -> str:
        return f"Entry {self.position} is numbered {self.found}; the chain must count 0, 1, 2 without a gap."


class PreviousDiffers(ChainFault):
    code = "previous_differs"

    def __init__(self, position: int, expected: str, found: str) -> None:
        super().__init__(position, expected, found)
        self.position, self.expected, self.found = position, expected, found

    def __str__(self) -> str:
        return f"Entry {self.position} follows {self.found}; the entry before it hashes to {self.expected}."


class TreeFault(LedgerFault):
    """A proof or a tile does not show what it is said to show."""

    code = "tree_fault"


class MalformedProof(TreeFault, _Reasoned):
    code = "malformed_proof"
    what = "The proof cannot be a proof"


class RootDiffers(TreeFault):
    code = "root_differs"

    def __init__(self, size: int, claimed: bytes, computed: bytes) -> None:
        super().__init__(size, claimed, computed)
        self.size, self.claimed, self.computed = size, claimed, computed

    def __str__(self) -> str:
        return (
            f"At tree size {self.size} the proof leads to root {self.computed.hex()}; "
            f"the claimed root is {self.claimed.hex()}."
        )


class HeadDiffers(TreeFault):
    code = "head_differs"

    def __init__(self, ex: int, registered: int, given: int) -> None:
        super().__init__(ex, registered, given)
        self.ex, self.registered, self.given = ex, registered, given

    def __str__(self) -> str:
        return (
            f"The register tree ends exhibit {self.ex} at {self.registered} entries and names the last of them; "
            f"the {self.given} given do not end there."
        )


class TreeTooSmall(TreeFault):
    code = "tree_too_small"

    def __init__(self, asked: int, size: int) -> None:
        super().__init__(asked, size)
        self.asked, self.size = asked, size

    def __str__(self) -> str:
        return f"The tree has {self.size} leaves; {self.asked} lies outside it."


class TileMissing(TreeFault):
    code = "tile_missing"

    def __init__(self, level: int, index: int) -> None:
        super().__init__(level, index)
        self.level, self.index = level, index

    def __str__(self) -> str:
        return f"The tile at level {self.level}, number {self.index}, is needed and is not there."


class MalformedTile(TreeFault):
    code = "malformed_tile"

    def __init__(self, level: int, index: int, needed: int, found: int) -> None:
        super().__init__(level, index, needed, found)
        self.level, self.index, self.needed, self.found = level, index, needed, found

    def __str__(self) -> str:
        return (
            f"The tile at level {self.level}, number {self.index}, holds {self.found} bytes; "
            f"{self.needed} are needed, in whole hashes of 32 and at most 256 of them."
        )


class NoteFault(LedgerFault):
    """A signed note or checkpoint does not say what it is said to say."""

    code = "note_fault"


class MalformedNote(NoteFault, _Reasoned):
    code = "malformed_note"
    what = "The text is not a signed note"


class MalformedKey(NoteFault, _Reasoned):
    code = "malformed_key"
    what = "The text is not a verifier key"


class MalformedCheckpoint(NoteFault, _Reasoned):
    code = "malformed_checkpoint"
    what = "The note is not a checkpoint"


class SignatureFails(NoteFault):
    code = "signature_fails"

    def __init__(self, name: str, key_id: str) -> None:
        super().__init__(name, key_id)
        self.name, self.key_id = name, key_id

    def __str__(self) -> str:
        return f"The signature by {self.name} (key {self.key_id}) does not fit the text."


class TimeStampFails(_Reasoned):
    code = "time_stamp_fails"
    what = "The time stamp does not hold"


class NoKnownSignature(NoteFault):
    code = "no_known_signature"

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names

    def __str__(self) -> str:
        signers = ", ".join(self.names) or "nobody"
        return f"The note is signed by {signers}, and none of the keys held is among them."
