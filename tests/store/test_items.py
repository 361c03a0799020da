"""Items and the ledger behind them, the same over SQLite and PostgreSQL."""

from exhibits_app.domain.chain import Link, verify_chain
from exhibits_app.domain.exhibit import CustodyKind
from exhibits_app.domain.fold import fold
from exhibits_app.store import SqlStore

from .parts import a_world, book_in, register


def test_what_was_kept_reads_back_as_the_fold_of_its_events(store: SqlStore):
    world = a_world(store)
    number = store.write(lambda work: register(work, world))

    store.write(lambda work: book_in(work, world, number))

    with store.read() as work:
        found = work.items.find(number)
        assert found.exhibit == fold(work.ledger.events_of(number))
        assert found.exhibit.custody.kind is CustodyKind.STORE
        assert found.due_kind == "decision"


def test_the_chain_of_an_item_verifies_from_the_stored_bytes(store: SqlStore):
    world = a_world(store)
    number = store.write(lambda work: register(work, world))
    store.write(lambda work: book_in(work, world, number))

    with store.read() as work:
        entries = work.ledger.of_item(number)
        head = verify_chain(Link(entry.body, entry.leaf_hash, entry.disclosures) for entry in entries)
        held = work.items.hold(number)

    assert (head.count, head.leaf_hash) == (held.seq, held.head) == (2, entries[-1].leaf_hash.hex())
