"""The page of legacy stock, and what the board and an item's page say of it."""

from pathlib import Path

from exhibits_app.services import grading
from tests.services.test_legacy_stock import stock
from tests.support.pages import fetch, send
from tests.support.words import words


def test_a_plan_is_seen_before_it_is_kept_and_told_wherever_the_stock_is(force, client_of, tmp_path: Path):
    stock(force, tmp_path)
    inspector = client_of("inspector")
    typed = {"team": "every", "per_week": "3", "starts": "05/05/2026 07:00", "reason": "Agreed."}

    slow = send(inspector, "/legacy", typed | {"per_week": "0"}, status=422)
    preview = send(inspector, "/legacy", typed)
    kept = send(inspector, "/legacy", typed | {"save": "1"})
    grading.carry_out(force.services)

    assert slow.error_at("per_week").startswith("Enter how many items a week as a whole number")
    assert "CID Ilford 8 3 07:00 on 5 May 2026 07:00 on 19 May 2026" in words(preview)
    assert "Planned for 1 team." in words(kept)
    assert "1 CID Ilford 3 a week from 5 May 2026 8 DI 4509 Inspector" in words(fetch(inspector, "/legacy"))
    assert "8 not yet graded in, next portion (3) on 5 May 2026." in words(fetch(inspector, "/board"))
    item = words(fetch(inspector, "/items/2"))
    assert "Legacy stock: to be graded in on 5 May 2026 under plan 1. In police possession for 5,115 days." in item
    assert "P2 (Old system)" in item


def test_a_supervisor_below_inspector_sees_the_stock_and_plans_nothing(force, client_of, tmp_path: Path):
    stock(force, tmp_path)

    page = fetch(client_of("supervisor"), "/legacy")

    assert "CID Ilford 8 8" in words(page)
    assert "Plan it" not in words(page)
