"""What labels are printed on: the stocks that come with the system, the force's own, and which are offered for what."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from labels import errors as label_errors
from labels.stock import STOCKS, Stock
from labels.stock_file import as_values, stock_from
from labels.template_check import check_template, holds

from ..domain.errors import ChangedMeanwhile, DesignRefused, NotAChoice, StockNameTaken
from ..domain.people import Action, Person, require
from ..domain.text import LINE_LIMIT, optional, required
from . import label_templates
from .context import Services
from .ports import Work
from .ports.label_designs import Design

SUBJECT = "stock"
# What labels are for, with the kind of label in a template that is printed for it.
PURPOSES = MappingProxyType({"item": "item", "box": "place", "place": "place", "badge": "badge"})
PURPOSE_NAMES = MappingProxyType({"item": "Items", "box": "Boxes", "place": "Places", "badge": "Badges"})
_USUAL = (
    "L7160", "L7163", "L7651", "thermal-100x50", "thermal-100x50-300", "thermal-38x19", "thermal-25x10",
)  # fmt: skip
_MOST_OWN = 50


@dataclass(frozen=True, slots=True)
class Shelf:
    """The force's own stocks and the names of those offered for each purpose, in the order of the page."""

    version: int = 0
    own: Mapping[str, Stock] = field(default_factory=dict)
    offered: Mapping[str, Sequence[str]] = field(default_factory=lambda: dict.fromkeys(PURPOSES, _USUAL))

    @property
    def known(self) -> dict[str, Stock]:
        """Every stock by name, the system's first."""
        return {**STOCKS, **self.own}

    def for_purpose(self, purpose: str) -> dict[str, Stock]:
        """The stocks that are offered for it."""
        return {name: one for name, one in self.known.items() if name in self.offered.get(purpose, ())}

    @property
    def all_offered(self) -> list[Stock]:
        """Every stock that is offered for anything."""
        names = {name for offered in self.offered.values() for name in offered}
        return [one for name, one in self.known.items() if name in names]


def shelf(work: Work) -> Shelf:
    """What is on the shelf now."""
    found = work.label_designs.current(SUBJECT)
    return Shelf() if found is None else _shelf(found.version, found.content)


@lru_cache(maxsize=8)
def _shelf(version: int, content: str) -> Shelf:
    written = json.loads(content)
    # By another name first: a later version of the system may bring a stock that is called like one of the force's.
    own = {name: replace(stock_from("own", values), name=name) for name, values in written["own"].items()}
    return Shelf(version, own, written["offered"])


def choose(work: Work, purpose: str, name: str) -> Stock:
    """The stock of that name. Raises NotAChoice when it is not offered for the purpose."""
    found = shelf(work).for_purpose(purpose).get(name)
    if found is None:
        raise NotAChoice("stock", "the label stock")
    return found


def offered(services: Services, purpose: str) -> dict[str, str]:
    """The stocks that labels for this purpose can be printed on: name, and what to put into the printer in words."""
    with services.store.read() as work:
        return {name: described(stock) for name, stock in shelf(work).for_purpose(purpose).items()}


def what_to_load(services: Services, name: str) -> str:
    """The stock of a printing in words, offered still or not."""
    with services.store.read() as work:
        return described(shelf(work).known[name])


def see(services: Services, by: Person) -> Shelf:
    """All of it, for whoever manages labels. Raises NoRight."""
    require(by, Action.MANAGE_LABELS)
    with services.store.read() as work:
        return shelf(work)


def described(stock: Stock) -> str:
    """What to put into the printer, in words."""
    size = f"{stock.width:g} x {stock.height:g} mm"
    if stock.is_continuous:
        return f"Continuous roll, {stock.width:g} mm wide, {stock.dpi} dpi ({stock.name})"
    if stock.is_roll:
        return f"Roll of labels {size}, {stock.dpi} dpi ({stock.name})"
    pages = {(210.0, 297.0): "A4 sheet", (148.0, 210.0): "A5 sheet", (215.9, 279.4): "Letter sheet"}
    page = pages.get((stock.page_width, stock.page_height), f"Sheet {stock.page_width:g} x {stock.page_height:g} mm")
    return f"{page} of {stock.per_page} labels, {size} ({stock.name})"


def suits(stock: Stock) -> tuple[str, ...]:
    """The purposes that the stock is large enough for."""
    return tuple(purpose for purpose, kind in PURPOSES.items() if holds(stock, kind))


def draft(services: Services, by: Person, name: str, values: Mapping[str, object]) -> Stock:
    """The stock that is described, not kept yet. Raises NoRight, MissingValue, DesignRefused, StockNameTaken."""
    known = see(services, by).known
    called = required(name, "name", "a name for the stock, such as the maker's number", 40)
    if called in known:
        raise StockNameTaken(called)
    try:
        stock = stock_from(called, values)
    except label_errors.LabelRefusal as refusal:
        raise DesignRefused("width", refusal.sentence) from refusal
    if not suits(stock):
        raise DesignRefused("width", f"No label has room on {called}: take larger labels.")
    return stock


def add(services: Services, by: Person, name: str, values: Mapping[str, object], note: str, seen: int) -> Stock:
    """Keep the described stock and offer it for all that it suits. Raises what `draft` does, and ChangedMeanwhile."""
    stock = draft(services, by, name, values)
    now = see(services, by)
    if len(now.own) >= _MOST_OWN:
        raise DesignRefused("width", f"There are {_MOST_OWN} stocks of your own already, which is all that are kept.")
    fitting = suits(stock)
    wanted = {one: [*names, stock.name] if one in fitting else names for one, names in now.offered.items()}
    _keep(services, by, Shelf(seen, {**now.own, stock.name: stock}, wanted), optional(note, "note", "the note"))
    return stock


def offer(services: Services, by: Person, wanted: Mapping[str, Sequence[str]], note: str, seen: int) -> None:
    """Offer these stocks for each purpose. Raises NoRight, DesignRefused, MissingValue, ChangedMeanwhile."""
    now = see(services, by)
    chosen = {one: [name for name in now.known if name in wanted.get(one, ())] for one in PURPOSES}
    for purpose, names in chosen.items():
        if not names:
            raise DesignRefused(purpose, f"Tick at least one stock for {PURPOSE_NAMES[purpose].lower()}.")
        for name in names:
            if purpose not in suits(now.known[name]):
                raise DesignRefused(purpose, f"{name} is too small for {PURPOSE_NAMES[purpose].lower()}: untick it.")
    said = required(note, "note", "why, for whoever looks at it later", LINE_LIMIT)
    _keep(services, by, Shelf(seen, now.own, chosen), said)


def _keep(services: Services, by: Person, wanted: Shelf, note: str) -> None:
    """Keep it as the next version, once the template in force has room on everything that is offered."""
    with services.store.read() as work:
        before, template = shelf(work), label_templates.in_force(work).template
    try:
        check_template(template, [one for one in wanted.all_offered if one not in before.all_offered])
    except label_errors.LabelRefusal as refusal:
        raise DesignRefused("width", refusal.sentence) from refusal
    own = {name: as_values(stock) for name, stock in wanted.own.items()}
    content = json.dumps({"own": own, "offered": {one: list(names) for one, names in wanted.offered.items()}})
    now = services.clock.now()

    def change(work: Work) -> None:
        require(by, Action.MANAGE_LABELS)
        if shelf(work).version != wanted.version:
            raise ChangedMeanwhile
        work.label_designs.add(Design(SUBJECT, wanted.version + 1, content, now, by.id, note))

    services.store.write(change)
