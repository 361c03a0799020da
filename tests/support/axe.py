"""Runs axe-core, the accessibility checker, inside a page that a browser has open."""

from functools import cache

from playwright.sync_api import Page

from tests.support.machine import AXE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def accessibility_faults(page: Page) -> list[str]:
    """One line for each element that breaks a WCAG 2.2 AA rule (contrast included); none when all is well."""
    page.evaluate(_source() + "; null")  # Through the debugger: the page's content security policy stands.
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{fault['id']}: {fault['help']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
