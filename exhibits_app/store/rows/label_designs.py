"""Rows of how labels look and what they are printed on."""

from sqlmodel import SQLModel

from .columns import instant, text, whole


class LabelDesignRow(SQLModel, table=True):
    """One version of the force's template or of its label stock; `content` is JSON."""

    __tablename__ = "label_design"

    subject: str = text(primary=True)
    version: int = whole(primary=True)
    content: str = text()
    made_at: int = instant()
    made_by: int = whole("person.id")
    note: str = text()
