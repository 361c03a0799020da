"""What a kind of act is on pages: its name, and the questions of its form."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a form. `must` is what to say when it was left empty; without it the answer is optional."""

    field: str
    label: str
    hint: str = ""
    must: str = ""


@dataclass(frozen=True, slots=True)
class Spec:
    """A kind of act on pages. `title` and `button` follow the item's reference; `places` says where it can go to.

    `page` is the endpoint of its form where it has one of its own.
    `witness` is "two" where cash, drugs and firearms need one, "always" for disposals. `group` orders the item's page.
    """

    kind: str
    name: str
    what: str
    button: str
    group: str
    asks: tuple[Ask, ...]
    places: str = ""
    witness: str = ""
    counted: bool = False
    condition: bool = False
    many: bool = False
    page: str = "record.form"
    path: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", self.kind.lower().replace("_", "-"))
