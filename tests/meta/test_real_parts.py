"""The parts that other tests stand on: the PostgreSQL cluster, the guarded browser, the watch for threads."""

import threading

import psycopg
import pytest

from tests.support.axe import accessibility_faults
from tests.support.chromium import visit
from tests.support.leaks import no_thread_left_running

GOOD_PAGE = "<!doctype html><html lang=en><title>Stores</title><main><h1>Stores</h1></main></html>"


def tables(url):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()[0]


def make_a_table(url):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE shelf (name text)")


def test_a_new_database_is_empty(postgresql_database):
    assert tables(postgresql_database) == 0


def test_a_copy_starts_as_the_prepared_database_and_changes_alone(postgresql_copy):
    prepared = []

    first = postgresql_copy("shelves", lambda url: prepared.append(url) or make_a_table(url))
    second = postgresql_copy("shelves", lambda url: prepared.append(url) or make_a_table(url))

    assert (tables(first), tables(second), len(prepared)) == (1, 1, 1)


def test_a_page_that_asks_the_outside_fails_its_test(chromium):
    with pytest.raises(AssertionError, match="asked the outside"), visit(chromium) as person:  # noqa: PT012 - the fault is found as the visit ends
        page = person.page()
        page.set_content(GOOD_PAGE + "<img alt='' src='https://example.invalid/pixel.png'>")
        page.wait_for_load_state("load")


def test_a_script_error_fails_its_test(chromium):
    with pytest.raises(AssertionError, match="script error"), visit(chromium) as person:  # noqa: PT012 - the fault is found as the visit ends
        page = person.page()
        page.set_content(GOOD_PAGE + "<script>throw new Error('broken')</script>")
        page.wait_for_timeout(50)


def test_a_label_nobody_can_hear_is_an_accessibility_fault(page):
    page.set_content(GOOD_PAGE.replace("</main>", "<input></main>"))

    assert any(fault.startswith("label:") for fault in accessibility_faults(page))


def test_a_plain_page_has_no_accessibility_fault(page):
    page.set_content(GOOD_PAGE)

    assert accessibility_faults(page) == []


def test_a_thread_left_running_fails_its_test():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="forgotten")

    with pytest.raises(AssertionError, match="forgotten"), no_thread_left_running(patience=0.05):
        thread.start()

    stop.set()
    thread.join()
