"""The form that registers the items of one search: what they have in common, then a row for each."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, SelectMultipleField, StringField

from ..current import person, services
from ..domain.cases import HAZARD_NAMES, ITEM_CATEGORY_NAMES
from ..domain.typed_times import moment, typed_moment
from ..services import register
from .person_field import PersonField

BLANK_ROWS = 5


class ItemRow(Form):
    """One item. A row in which nothing was typed is left out."""

    reference = StringField("Reference")
    description = StringField("What it is")
    category = SelectField("Category", choices=ITEM_CATEGORY_NAMES, default="UNK")
    seal = StringField("Seal number")
    label = StringField("Blank label")
    packaging = StringField("Packaging")
    quantity = StringField("Quantity", default="1")
    hazards = SelectMultipleField("Hazards", choices=HAZARD_NAMES)
    keep_both = BooleanField("Keep both: this is another item")

    @property
    def is_blank(self) -> bool:
        """Whether nothing that matters was typed."""
        return not any((one.data or "").strip() for one in (self.reference, self.description, self.seal, self.label))

    def given(self) -> register.ItemForm:
        """The row for the service."""
        return register.ItemForm(
            reference=self.reference.data or "",
            description=self.description.data or "",
            category=self.category.data or "",
            hazards=tuple(self.hazards.data or ()),
            packaging=self.packaging.data or "",
            seal=self.seal.data or "",
            quantity=self.quantity.data or "",
            keep_both=self.keep_both.data,
            label=self.label.data or "",
        )


class RegisterForm(FlaskForm):
    """One search and its items."""

    seized_at = StringField(
        "When they were seized",
        widget=GovTextInput(),
        description="Like 21/11/2026 14:30. The deadlines start here.",
    )
    found_at = StringField("Where they were found", widget=GovTextInput())
    power = StringField("Power of seizure", widget=GovTextInput(), description="Choose from the list, or type another.")
    seized_by = PersonField("Seizing officer")
    producer = PersonField("Producer", "Who will produce them in court: number or name.")
    found_by = StringField("Finder, if someone else", widget=GovTextInput())
    items = FieldList(FormField(ItemRow), min_entries=BLANK_ROWS)

    @classmethod
    def first(cls, suggestion: str) -> "RegisterForm":
        """The form as it is opened: now, by the person signed in, the first reference suggested."""
        common = {
            "seized_at": typed_moment(services().clock.now()),
            "seized_by": person().called,
            "producer": person().called,
        }
        return cls(formdata=None, data={**common, "items": [{"reference": suggestion}]})

    @classmethod
    def typed(cls, more: int = 0) -> "RegisterForm":
        """The form as it was sent, without its blank rows, so that a row's number is the service's number for it.

        `more` adds blank rows at the end.
        """
        sent = cls()
        kept = [row.form.data for row in sent.items if not row.form.is_blank]
        common: dict[str, Any] = {name: value for name, value in sent.data.items() if name != "items"}
        form = cls(formdata=None, data={**common, "items": kept})
        for _ in range(more if len(form.items) >= BLANK_ROWS else 0):
            form.items.append_entry()
        return form

    def search(self) -> register.SearchForm:
        """What the items have in common, for the service; a time that cannot be read is None.

        Raises BadInput for a person who is not known.
        """
        return register.SearchForm(
            seized_at=moment(self.seized_at.data),
            seized_by=self.seized_by.chosen(),
            producer=self.producer.chosen(),
            found_by=self.found_by.data or "",
            power=self.power.data or "",
            found_at=self.found_at.data or "",
        )

    def rows(self) -> list[register.ItemForm]:
        """The items for the service; blank rows stand at the end, so numbers agree."""
        return [row.form.given() for row in self.items if not row.form.is_blank]
