"""The address of every route for the small force's own case, item, box and store, as tests of all pages visit them."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image
from uuid_utils.compat import uuid7

from tests.support.force import Force

with BytesIO() as _file:
    Image.new("RGB", (8, 8), "white").save(_file, "PNG")
    BAG = _file.getvalue()
SCAN = str(uuid7())


def address(app: Any, force: Force, rule: Any) -> str:
    """The rule's address for the team's case, the item in it, the Ilford store, the other officer, the device."""
    number = force.people["other"].id if rule.endpoint.startswith("people.") else 1
    values = {
        "case_id": 1, "box_id": 1, "register_no": 1, "kind": "hold", "store": force.store.id, "job": 1, "printing": 1,
        "number": number, "seq": 0, "size": 1, "sha256": sha256(BAG).hexdigest(), "secret": "spent",
        "session": str(uuid7()), "code": "E4KT922RM7", "filename": "icon.svg", "version": 0,
        "event": str(uuid7()), "scan": SCAN, "page": "store-room",
    }  # fmt: skip
    with app.test_request_context():
        return str(app.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments}))
