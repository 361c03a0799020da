"""The camera and wasm are allowed where they are needed, and nowhere else."""

from tests.support.force import Force

MAY_USE_THE_CAMERA = {
    "blank_labels.bind", "blank_labels.choose", "phone.page", "printing.confirm", "printing.confirming",
    "register.keep", "register.new", "search.index",
}  # fmt: skip


def test_only_pages_with_a_camera_may_ask_for_one(force: Force):
    app = force.app()
    fixed = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]

    marked = {name for name, view in app.view_functions.items() if getattr(view, "__camera__", False)}
    policies = {
        rule.endpoint: app.test_client().get(rule.rule, buffered=True).headers["Permissions-Policy"] for rule in fixed
    }

    assert marked == MAY_USE_THE_CAMERA
    assert {name for name, policy in policies.items() if "camera=()" not in policy} == marked & policies.keys()
    assert all("microphone=()" in policy for policy in policies.values())


def test_only_the_script_that_reads_pictures_may_run_wasm(force: Force):
    client = force.app().test_client()
    paths = ["/search", "/phone", "/sign-in", "/store-room", "/static/camera/decoder.js", "/phone/reader.js"]

    policies = {path: client.get(path, buffered=True).headers["Content-Security-Policy"] for path in paths}

    assert [path for path, policy in policies.items() if "wasm" in policy] == ["/phone/reader.js"]
    assert not any("'unsafe-" in policy for policy in policies.values())
