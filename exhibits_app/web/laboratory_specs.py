"""What is recorded of laboratories on pages of its own, and what its forms ask for."""

from typing import Final

from .act_spec import Ask, Spec

OUT: Final = "Out of the force and back"

LABORATORY: Final = (
    Spec(
        "RESULT", "Result of an examination", "A laboratory’s, or that of whoever else examined it.",
        "Record the result", OUT,
        (
            Ask("outcome", "What was found?", must="Choose what was found."),
            Ask("laboratory", "The laboratory", "Choose none where the force itself or somebody else examined it."),
            Ask("examiner", "Examiner or unit", "Name who examined it where no laboratory did."),
            Ask("report", "Number of the report", must="Enter the number of the report."),
            Ask("reported_at", "Date of the report", "Like 28/11/2026.", "Enter the date on the report."),
            Ask("note", "What was found; if it was not examined, why"),
        ),
        page="laboratory.result",
    ),
    Spec(
        "LAB_PARTS", "Parts that the laboratory made", "Swabs and extracts: each becomes an item of its own.", "", OUT,
        (), page="laboratory.parts",
    ),
    Spec(
        "WRONG_ITEM", "Another item came instead", "What came is put on record. This item is still waited for.",
        "Record both", OUT,
        (
            Ask("item", "Code or property reference of what came", "Leave it empty if it is nothing on record."),
            Ask("words", "If it is nothing on record, what it is"),
            Ask("place", "Where it is put now", must="Choose the place where it is put."),
            Ask("seal", "Seal number on it"),
            Ask("reason", "What the bag or the papers said"),
        ),
        page="laboratory.wrong_item",
    ),
    Spec(
        "SEE_END", "I have seen that it was used up", "It leaves the list of what is at laboratories.",
        "Record that I have seen it", OUT, (Ask("note", "Anything to add"),), page="laboratory.end",
    ),
)  # fmt: skip
