"""The exhibit list and the draft statement as documents: no crown, no logo, and nothing that looks signed."""

from ..domain.show import day_and_time
from .case_papers import COLUMNS, ExhibitList, Statement, cells
from .documents import Block, Document, Heading, Lines, Prose, Row, Table, facts

_SHARES = (1.25, 2.7, 1.5, 1.0, 1.9, 1.4, 1.3)
TRUTH = (
    "This statement (consisting of ____ pages each signed by me) is true to the best of my knowledge and belief and I "
    "make it knowing that, if it is tendered in evidence, I shall be liable to prosecution if I have wilfully stated "
    "in it anything which I know to be false, or do not believe to be true."
)
DRAFT = (
    "DRAFT, made by the exhibit register from its ledger. It is nobody's statement yet. Read every line against your "
    "own memory and notes, strike out what you cannot say of your own knowledge, and add what the register does not "
    "know."
)


def exhibit_list(listed: ExhibitList) -> Document:
    """The exhibit list in the layout of form MG12."""
    found = listed.found
    title = f"Exhibit list, {found.case.reference}"
    blocks: list[Block] = [
        Heading(title, 1),
        facts(
            ("Form", "MG12 layout"),
            ("Case", found.case.reference),
            ("Officer in the case", found.case.oic.name if found.case.oic else "Not yet named"),
            ("Exhibits", f"{len(listed.exhibits):,}"),
            ("As at", f"{day_and_time(found.head.at)}, ledger size {found.head.size}"),
        ),
        Table(
            "Exhibits",
            tuple(zip(COLUMNS, _SHARES, strict=True)),
            tuple(Row(cells(one), "out" if one.disposed else "") for one in listed.exhibits),
        ),
    ]
    return Document(title, f"{title}. As at {day_and_time(found.head.at)}, ledger size {found.head.size}.", blocks)


def statement(made: Statement) -> Document:
    """The draft in the wording of form MG11, marked as a draft on every page."""
    found, name = made.found, made.person.name
    title = f"Witness statement of {name}"
    blocks: list[Block] = [
        Heading(title, 1),
        Prose(DRAFT, strong=True),
        Prose("Criminal Procedure Rules, rule 16.2; Criminal Justice Act 1967, section 9. MG11 wording."),
        facts(("Statement of", name), ("Case", found.case.reference)),
        Lines(("Unique reference no.", "Age if under 18", "Occupation")),
        Prose(""),
        Prose(TRUTH),
        Lines(("Signature", "Date")),
        Heading("Statement"),
        Prose(f"I am {name} of {made.force}. I make this statement about the exhibits in case {found.case.reference}:"),
        Table(
            "Exhibits in this statement",
            (("Exhibit", 1.2), ("Description", 4.2), ("Produced by", 1.8), ("Property reference", 1.2)),
            tuple(
                Row((one.reference, one.description, one.producer.name, str(one.register_no))) for one in made.exhibits
            ),
        ),
        *(Prose(one.text) for one in made.paragraphs),
        Prose("The times are those of the exhibit register, which recorded each act as it was made."),
        Lines(("Signature", "Signature witnessed by")),
        Heading("Where these lines come from"),
        Prose(
            f"Ledger {found.head.origin}, signed head of size {found.head.size}, {day_and_time(found.head.at)}. This "
            "list is for whoever checks the draft and is no part of the statement."
        ),
        Table(
            "Sources",
            (("At", 2.0), ("Exhibit", 1.2), ("Entry of the exhibit", 1.4), ("Event", 4.0)),
            tuple(Row((day_and_time(one.at), one.ref, str(one.number), one.event)) for one in made.paragraphs),
        ),
    ]
    return Document(title, f"DRAFT. {title}, case {found.case.reference}.", blocks, mark="DRAFT")
