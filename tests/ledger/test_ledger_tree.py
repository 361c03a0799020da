"""The integrator and the signer: dense places for every entry, and checkpoints of what is committed alone."""

import threading

import pytest

from exhibits_app.domain import merkle, note
from exhibits_app.domain.checkpoint import open_checkpoint, parse_text
from exhibits_app.domain.entry import leaf_hash, parse_any, parse_system_entry
from exhibits_app.domain.errors import CannotSign
from exhibits_app.domain.note import VerifierKey
from exhibits_app.domain.register_tree import RegisterTree, read_heads
from exhibits_app.services import ledger_heads, ledger_keeper, ledger_sign, ledger_tree
from exhibits_app.store import SqlStore
from tests.store.parts import a_world, register
from tests.support.ledger import SigningForce


def bodies(signing: SigningForce) -> list[bytes]:
    with signing.services.store.read() as work:
        return [logged.body for logged in ledger_tree.log(work, 0, work.tree.state().size)]


def test_the_tree_is_that_of_the_entries_in_the_order_of_the_log(signing: SigningForce) -> None:
    signing.items(3)

    integrated = ledger_tree.integrate(signing.services, batch=2)

    with signing.services.store.read() as work:
        state = work.tree.state()
    entries = bodies(signing)
    assert integrated == state.size == len(entries) == 4
    assert state.root == merkle.tree_hash(map(leaf_hash, entries))
    assert parse_system_entry(entries[0]).type == "key"


def test_integrating_twice_changes_nothing(signing: SigningForce) -> None:
    signing.items(2)
    ledger_tree.integrate(signing.services)
    with signing.services.store.read() as work:
        before = work.tree.state()

    assert ledger_tree.integrate(signing.services) == 0

    with signing.services.store.read() as work:
        assert work.tree.state() == before


def test_the_number_of_entries_counts_those_in_the_tree_and_those_that_wait(signing: SigningForce) -> None:
    signing.items(2)
    ledger_tree.integrate(signing.services)
    signing.items(1)

    with signing.services.store.read() as work:
        assert (work.tree.state().size, work.ledger.size()) == (3, 4)


def test_a_checkpoint_is_signed_by_the_key_on_record_over_the_root_of_the_log(signing: SigningForce) -> None:
    signing.items(2)

    signed = signing.checkpoint()

    said, _ = open_checkpoint(signed.note, signing.origin(), VerifierKey.parse(signing.key()))
    assert (said.size, said.root) == (3, merkle.tree_hash(map(leaf_hash, bodies(signing))))
    assert signing.published() == [signed.note]
    assert (signing.folder / "ledger" / "high-water").read_bytes() == signed.note


def test_nothing_is_signed_twice(signing: SigningForce) -> None:
    signing.items(1)
    first = signing.checkpoint()

    assert signing.checkpoint() == first
    assert signing.published() == [first.note]


def test_the_key_file_is_for_its_owner_alone(on_sqlite: SigningForce) -> None:
    assert (on_sqlite.folder / "signing.key").stat().st_mode & 0o777 == 0o600


def test_the_key_is_made_once(signing: SigningForce) -> None:
    before = signing.key()

    ledger_keeper.start(signing.services)

    assert signing.key() == before
    assert sum(b'"type":"key"' in body for body in bodies(signing) or [b'"type":"key"']) == 1


def test_another_key_does_not_sign(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    (on_sqlite.folder / "signing.key").unlink()
    assert on_sqlite.services.signing is not None
    on_sqlite.services.signing.keys.create()

    with pytest.raises(CannotSign, match="the key file holds"):
        on_sqlite.checkpoint()

    assert on_sqlite.published() == []


def test_without_its_key_the_log_makes_no_new_one(on_sqlite: SigningForce) -> None:
    (on_sqlite.folder / "signing.key").unlink()

    with pytest.raises(CannotSign, match="not in the key file"):
        ledger_keeper.start(on_sqlite.services)

    assert not (on_sqlite.folder / "signing.key").exists()


def test_a_checkpoint_kept_and_not_published_is_published_by_the_next_round(signing: SigningForce) -> None:
    signing.items(1)
    first = signing.checkpoint()
    for name in ("high-water", "published.jsonl"):
        (signing.folder / "ledger" / name).unlink()

    ledger_keeper.run(signing.services)

    assert first.note in signing.published() or parse_text(note.parse(signing.published()[0])[0]).size > first.size


def test_half_a_line_left_by_a_crash_does_not_spoil_the_published_checkpoints(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    first = on_sqlite.checkpoint()
    with (on_sqlite.folder / "ledger" / "published.jsonl").open("ab") as file:
        file.write(b'{"note": "half')
    on_sqlite.items(1)

    second = on_sqlite.checkpoint()

    assert on_sqlite.published() == [first.note, second.note]


def test_the_files_refuse_a_second_root_for_one_size(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    signed = on_sqlite.checkpoint()
    other = signed.note.replace(signed.note.split(b"\n")[2], b"A" * 43 + b"=")
    assert on_sqlite.services.signing is not None

    with pytest.raises(CannotSign, match="another root"):
        on_sqlite.services.signing.records.publish(other)


def test_heads_put_the_register_tree_on_record(signing: SigningForce) -> None:
    signing.items(2)
    signing.items(1)

    registered = ledger_heads.log_heads(signing.services)

    assert registered is not None
    entries = bodies(signing)
    heads: dict[int, tuple[int, int, bytes, int]] = {}
    for index, body in enumerate(entries[: registered.heads.size]):
        entry = parse_any(body)
        if hasattr(entry, "ex"):
            heads[entry.ex] = (entry.ex, entry.seq + 1, leaf_hash(body), index)
    assert registered.heads == read_heads(parse_system_entry(entries[registered.logged.index]))
    assert registered.heads.root == RegisterTree(heads[ex] for ex in sorted(heads)).root()
    assert registered.heads.exhibits == 3


def test_heads_are_logged_once_a_day_and_only_if_something_happened(signing: SigningForce) -> None:
    signing.items(1)

    def kinds() -> list[str]:
        return [parse_any(body).type for body in bodies(signing)]

    ledger_keeper.run(signing.services)
    ledger_keeper.run(signing.services)
    assert kinds().count("heads") == 1
    signing.force.clock.move(hours=25)
    ledger_keeper.run(signing.services)
    assert kinds().count("heads") == 1
    signing.items(1)
    ledger_keeper.run(signing.services)
    assert kinds().count("heads") == 2


def test_a_new_key_is_vouched_for_by_the_old_one(signing: SigningForce) -> None:
    signing.items(1)
    before = signing.checkpoint()
    old = VerifierKey.parse(signing.key())

    new = ledger_sign.rotate(signing.services)
    signing.items(1)
    after = signing.checkpoint()

    both = signing.published()[-2]
    assert open_checkpoint(both, signing.origin(), old)[0] == open_checkpoint(both, signing.origin(), new)[0]
    assert open_checkpoint(after.note, signing.origin(), new)[0].size > before.size
    assert parse_system_entry(bodies(signing)[before.size]).data == {"key": str(new), "previous": str(old)}
    assert not (signing.folder / "signing.key.next").exists()


def test_a_rotation_that_was_cut_off_is_finished_at_the_next_start(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    old = (on_sqlite.folder / "signing.key").read_bytes()
    new = ledger_sign.rotate(on_sqlite.services)
    (on_sqlite.folder / "signing.key").rename(on_sqlite.folder / "signing.key.next")
    (on_sqlite.folder / "signing.key").write_bytes(old)

    assert ledger_keeper.start(on_sqlite.services)

    on_sqlite.items(1)
    open_checkpoint(on_sqlite.checkpoint().note, on_sqlite.origin(), new)


def test_sixteen_writers_get_dense_places_and_none_is_lost(on_postgresql: SigningForce) -> None:
    url = on_postgresql.force.settings.address
    world = a_world(on_postgresql.services.store)  # type: ignore[arg-type]
    done = threading.Event()
    written: list[int] = []

    def write(number: int) -> None:
        store = SqlStore(url)
        for turn in range(12):
            written.append(store.write(lambda work, n=number, t=turn: register(work, world, f"W{n}/{t}")))
        store.close()

    def integrate() -> None:
        while not done.is_set():
            ledger_tree.integrate(on_postgresql.services, batch=7)

    writers = [threading.Thread(target=write, args=[number]) for number in range(16)]
    integrators = [threading.Thread(target=integrate) for _ in range(2)]
    for thread in (*integrators, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in integrators:
        thread.join()
    on_postgresql.checkpoint()

    with on_postgresql.services.store.read() as work:
        logged = list(ledger_tree.log(work, 0, 10_000))
        faults = work.tree.faults()
    assert [one.index for one in logged] == list(range(1 + 16 * 12))
    assert len(written) == len({parse_any(one.body).ex for one in logged[1:]}) == 16 * 12
    assert faults == []
