"""The views, a blueprint for each thing people do."""

from . import (
    account,
    board,
    devices,
    ledger,
    logs,
    people,
    places,
    policy,
    sign_in,
    start,
    store_room,
    stores,
)

BLUEPRINTS = (
    account.bp,
    board.bp,
    devices.bp,
    ledger.bp,
    logs.read_log,
    logs.scan_log,
    people.bp,
    places.bp,
    policy.bp,
    sign_in.bp,
    start.bp,
    store_room.bp,
    stores.bp,
)
