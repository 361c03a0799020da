"""The words of a page with a space between elements, as they are seen apart."""

from xml.etree.ElementTree import Element

from tests.support.pages import PageRead


def words(shown: Element | PageRead) -> str:
    """The text of an element, or of the main part of a page, on one line."""
    element = next(shown.all("main")) if isinstance(shown, PageRead) else shown
    return " ".join(" ".join(element.itertext()).split())
