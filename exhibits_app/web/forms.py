"""What the forms of the pages have in common."""

from collections.abc import Iterable, Iterator

from wtforms import Field, FieldList, Form, FormField

from ..domain.errors import BadInput, LabelRefusal, Refusal, RegisterRefusal


def blame(form: Form, refusal: Refusal, name: str = "") -> bool:
    """Put a refusal beside the field that it is about; False when the form has no such field.

    `name` is for a refusal that does not name its field itself.
    """
    if isinstance(refusal, (BadInput, LabelRefusal, RegisterRefusal)):
        name = name or refusal.field
    for field in fields(form):
        if field.name == name:
            field.errors = [*field.errors, refusal.sentence()]
            return True
    return False


def mistakes(form: Form) -> list[dict[str, str]]:
    """The error summary's list, in the order of the page: each sentence with a link to its field."""
    return [{"text": field.errors[0], "href": f"#{field.id}"} for field in fields(form) if field.errors]


def fields(parts: Form | Iterable[Field]) -> Iterator[Field]:
    """Every field that a person fills in, those of repeated rows included, in the order of the page."""
    for part in parts:
        if isinstance(part, FieldList):
            yield from fields(part)
        elif isinstance(part, FormField):
            yield from fields(part.form)
        else:
            yield part
