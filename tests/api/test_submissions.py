"""Forensic submissions through the API: read by who may see their case, and by nobody else."""

from tests.support.submitted import a_draft, authorised, digest_of, to_submit


def test_a_submission_is_read_with_what_has_left_and_what_has_not(bench):
    force, items = bench.force, bench.items
    to_submit(force, items)
    authorised(force, a_draft(force, 1, items))
    bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)
    bench.at(minutes=1)
    bench.do("SUBMIT", bench.codes[0], to=force.place_code(force.carrier), submission="FS-000001")
    unit = bench.turn("submissions")

    def ask(path, operator, **more):
        query = {"operator": operator} | more
        return bench.client.get(f"/api/v1/submissions{path}", query_string=query, headers=bench.headers)

    (listed,) = ask("", unit).json["submissions"]
    one = ask("/1", unit).json

    assert (listed["submission"], listed["state"], listed["sent"], listed["exhibits"]) == (
        "FS-000001",
        "partly sent",
        1,
        2,
    )
    assert one["submission"]["authorised_by"] == "4511 Submissions"
    assert one["content"] == digest_of(force, 1)
    assert [bool(exhibit["sent_at"]) for exhibit in one["exhibits"]] == [True, False]
    assert [bool(exhibit["due_at"]) for exhibit in one["exhibits"]] == [False, True]
    assert ask("", unit, state="draft").json["submissions"] == []
    refused = [ask("", bench.operator), ask("/1", bench.operator), ask("/2", unit), ask("", unit, state="lost")]
    assert [answer.status_code for answer in refused] == [403, 404, 404, 422]
