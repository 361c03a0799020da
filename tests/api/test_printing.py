"""Printings through the API: the operator's own, and confirming a label as the scan client does."""

from dataclasses import replace

from exhibits_app.services import labels
from exhibits_app.services.reprints import Again


def test_the_maker_lists_and_confirms_and_others_may_not(bench):
    force = bench.force
    services = replace(force.services, read_labels_back=False)
    again = Again("damaged")
    (code,) = labels.print_item_labels(services, force.person("officer"), bench.items[:1], "L7160", again=again).codes
    session = bench.turn("officer")
    bench.client.application.config["WTF_CSRF_ENABLED"] = True  # A device has a token; it has no form.

    def ask(path, operator):
        return bench.client.get(f"/api/v1/printings{path}?operator={operator}", headers=bench.headers)

    def confirm(operator, **given):
        body = {"operator": operator, "code": code} | given
        return bench.client.post("/api/v1/labels/confirm", json=body, headers=bench.headers)

    (listed,) = ask("", session).json["printings"]
    number = listed["printing"]
    refused = [confirm(bench.operator), confirm(session, printing=number + 1), ask(f"/{number}", bench.operator)]
    done = confirm(session, printing=number)
    after = ask(f"/{number}", session).json

    assert (listed["state"], listed["waiting"], listed["reason"]) == ("sent", 1, "damaged")
    assert [answer.status_code for answer in refused] == [404, 404, 404]
    assert (done.status_code, done.json["waiting"]) == (200, 0)
    assert after["printing"]["state"] == "confirmed"
    assert [(one["code"], one["state"], one["confirmed_by"]) for one in after["labels"]] == [
        (code, "live", force.person("officer").called)
    ]
    assert [step["step"] for step in after["steps"]] == ["made", "confirmed"]
    assert ask("", bench.operator).json["printings"] == []
