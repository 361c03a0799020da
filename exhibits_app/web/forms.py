"""What the forms of the pages have in common."""

from flask_wtf import FlaskForm
from wtforms import Field

from ..domain.errors import BadInput, Refusal, RegisterRefusal


def blame(form: FlaskForm, refusal: Refusal) -> bool:
    """Put a refusal beside the field that it is about; False when the form has no such field."""
    name = refusal.field if isinstance(refusal, (BadInput, RegisterRefusal)) else ""
    field: Field | None = form._fields.get(name)
    if field is None:
        return False
    field.errors = [*field.errors, refusal.sentence()]
    return True
