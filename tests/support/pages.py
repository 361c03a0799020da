"""Fetches pages as a browser would and inspects each: valid HTML, one h1, labels, ids, errors at their fields."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from xml.etree.ElementTree import Element

import html5lib

# On a phone the name of a column stands beside each of its cells, where so many letters have room.
_MOST_LETTERS = 13
_ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
_UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class Answer(Protocol):
    """What a test client answers with."""

    status_code: int
    headers: Any
    data: bytes


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page that passed the inspection."""

    status: int
    headers: Any
    root: Element
    html: str

    @property
    def title(self) -> str:
        """The text of the title."""
        return text_of(next(self.all("title")))

    @property
    def h1(self) -> str:
        """The text of the only h1."""
        return text_of(next(self.all("h1")))

    @property
    def text(self) -> str:
        """The main part as one line of text."""
        return text_of(next(self.all("main")))

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The error summary: the id that each line links to, and its sentence."""
        boxes = [one for one in self.all() if "govuk-error-summary" in classes(one)]
        return [(link.get("href", "").removeprefix("#"), text_of(link)) for box in boxes for link in box.iter("a")]

    @property
    def links(self) -> dict[str, str]:
        """Addresses by the text of the link; of two with the same text, the last."""
        return {text_of(link): link.get("href", "") for link in self.all("a")}

    def all(self, tag: str | None = None) -> Iterator[Element]:
        """Elements of this tag (or all) that are shown; what is in a template is not."""
        return (one for one in _shown(self.root) if tag is None or one.tag == tag)

    def of_class(self, name: str) -> list[Element]:
        """Elements of this class."""
        return [one for one in self.all() if name in classes(one)]

    def field(self, name: str) -> Element:
        """The only element of this id. Raises LookupError."""
        for one in self.all():
            if one.get("id") == name:
                return one
        raise LookupError(f"no field {name}")

    def value(self, name: str) -> str:
        """What is in a field: its value, its text, or the chosen option."""
        field = self.field(name)
        if field.tag == "select":
            chosen = [one for one in field.iter("option") if one.get("selected") is not None]
            return (chosen or list(field.iter("option")))[0].get("value", "")
        return "".join(field.itertext()).strip("\n") if field.tag == "textarea" else field.get("value", "")

    def error_at(self, name: str) -> str:
        """The sentence beside the field: of the error message that describes it; empty when there is none."""
        described = self.field(name).get("aria-describedby", "").split()
        messages = [one for one in self.of_class("govuk-error-message") if one.get("id") in described]
        return " ".join(text_of(one).removeprefix("Error:").strip() for one in messages)


def fetch(client: Any, path: str, status: int = 200) -> PageRead:
    """Get a page, following redirects, and inspect it."""
    return _read(client.get(path, follow_redirects=True), status)


def send(client: Any, path: str, data: dict[str, Any] | None = None, status: int = 200) -> PageRead:
    """Post a form, follow the redirect and inspect the page that comes."""
    return _read(client.post(path, data=data or {}, follow_redirects=True), status)


def _read(answer: Any, status: int) -> PageRead:
    """Inspect the page and close the answers: a large upload lies in a temporary file until then."""
    try:
        return inspect(answer, status)
    finally:
        for one in (answer, *answer.history):
            one.close()


def inspect(answer: Answer, status: int = 200) -> PageRead:
    """Check a page by the rules of the house. Raises AssertionError with every fault found."""
    html = answer.data.decode("utf-8")
    assert answer.status_code == status, f"status {answer.status_code}, not {status}: {html[-2000:]}"
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    faults = [f"HTML at {where}: {code} {facts}" for where, code, facts in parser.errors]
    page = PageRead(answer.status_code, answer.headers, root, html)
    for rule in (_headings, _ids, _labels, _errors, _content_policy, _names, _stacks):
        faults += rule(page)
    assert not faults, "\n".join(faults)
    return page


def text_of(element: Element) -> str:
    """The text in an element, white space folded."""
    return " ".join("".join(_texts(element)).split())


def classes(element: Element) -> list[str]:
    """The classes of an element."""
    return element.get("class", "").split()


def _texts(element: Element) -> Iterator[str]:
    if element.tag in {"template", "script", "style"}:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _shown(element: Element) -> Iterator[Element]:
    if isinstance(element.tag, str):
        yield element
        if element.tag != "template":
            for child in element:
                yield from _shown(child)


def _headings(page: PageRead) -> list[str]:
    headings = [text_of(one) for one in page.all("h1")]
    if len(headings) != 1:
        return [f"there are {len(headings)} h1: {headings}"]
    wanted = ("Error: " if page.summary else "") + headings[0]
    return [] if page.title.startswith(wanted) else [f"the title {page.title!r} does not begin with {wanted!r}"]


def _ids(page: PageRead) -> list[str]:
    counted = Counter(one.get("id") for one in page.all() if one.get("id") is not None)
    twice = [f"the id {name} stands {count} times" for name, count in counted.items() if count > 1]
    missing = [
        f"{attribute} of <{one.tag}> names no element: {name}"
        for one in page.all()
        for attribute in ("aria-describedby", "aria-labelledby", "for", "list", "aria-controls")
        for name in one.get(attribute, "").split()
        if name not in counted
    ]
    return twice + missing


def _labels(page: PageRead) -> list[str]:
    labelled = {one.get("for") for one in page.all("label") if text_of(one)}
    faults = []
    for field in page.all():
        if field.tag not in {"input", "select", "textarea"} or field.get("type") in _UNLABELLED_TYPES:
            continue
        name, identity = field.get("name", ""), field.get("id", "")
        if identity not in labelled and not field.get("aria-label") and not field.get("aria-labelledby"):
            faults.append(f"the field {name} has no label")
        if not identity.startswith(name):
            faults.append(f"the field {name} has the id {identity}")
    return faults


def _errors(page: PageRead) -> list[str]:
    ids = {one.get("id") for one in page.all()}
    described = {name for one in page.all() for name in one.get("aria-describedby", "").split()}
    lost = [f"the summary links to no field: {name}" for name, _ in page.summary if name not in ids]
    loose = [
        f"an error describes no field: {text_of(one)}"
        for one in page.of_class("govuk-error-message")
        if one.get("id") not in described
    ]
    unsaid = [
        f"an error is not in the summary: {text_of(one)}"
        for one in page.of_class("govuk-error-message")
        if text_of(one).removeprefix("Error:").strip() not in {sentence for _, sentence in page.summary}
    ]
    return lost + loose + unsaid


def _content_policy(page: PageRead) -> list[str]:
    return [
        f"<{one.tag}> has {name}, which the content policy stops"
        for one in page.all()
        for name in one.attrib
        if name == "style" or name.startswith("on")
    ]


def _names(page: PageRead) -> list[str]:
    unnamed = [
        f"a <{one.tag}> has no text: {one.attrib}"
        for one in page.all()
        if one.tag in {"a", "button", "th", "legend", "summary"}
        and not (text_of(one) or one.get("aria-label"))
        and not any(image.get("alt") for image in one.iter("img"))
    ]
    return unnamed + [f"a picture has no alt: {one.attrib}" for one in page.all("img") if one.get("alt") is None]


def _stacks(page: PageRead) -> list[str]:
    """Tables whose rows become cards say their roles, which they lose there, and name each cell shortly."""
    faults = []
    for table in page.of_class("app-stack"):
        for one in table.iter():
            role = _ROLES.get(one.tag) or {"col": "columnheader", "row": "rowheader"}.get(one.get("scope", ""))
            if role and one.get("role") != role:
                faults.append(f"a <{one.tag}> of a stacked table has not the role {role}: {text_of(one)[:40]}")
            if one.tag == "td" and not 0 < len(one.get("data-name", "")) <= _MOST_LETTERS:
                faults.append(f"a stacked cell has not a short name: {one.get('data-name')!r}, {text_of(one)[:40]}")
        if table.get("role") != "table":
            faults.append("a stacked table has not the role table")
    return faults
