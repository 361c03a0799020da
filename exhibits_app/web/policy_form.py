"""The form with which the force sets its time limits."""

from typing import Any

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from wtforms import Form, FormField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from ..domain.cases import ITEM_CATEGORY_NAMES
from ..domain.escalation import STAGE_NAMES, TABLE_NAMES, TABLES, TELLS, Stage
from ..domain.places import Place
from ..domain.policy import DAY_COUNT_NAMES, LIMIT_NAMES, Policy
from ..domain.typed_times import moment
from ..services import policy


class RuleRow(Form):
    """The days of one category; an empty field is no limit."""

    decide_days = StringField("Decide within")
    submit_days = StringField("Submit within")
    review_days = StringField("Review within")


# One row for each category, by its code.
Rules: Any = type("Rules", (Form,), {code: FormField(RuleRow, name) for code, name in ITEM_CATEGORY_NAMES.items()})
CustodyLimits: Any = type("CustodyLimits", (Form,), {name: StringField(what) for name, what in LIMIT_NAMES.items()})


class StageRow(Form):
    """One stage of an escalation: from which share of the time on, and who is told."""

    percent = StringField("Share of the time, per cent")
    tells = SelectMultipleField(
        "Who is told",
        choices=[SelectChoice(word, name) for word, name in TELLS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def _table(stages: tuple[Stage, ...]) -> Any:
    return type("Stages", (Form,), {one.name: FormField(StageRow, STAGE_NAMES[one.name]) for one in stages})


Escalation: Any = type(
    "Escalation", (Form,), {name: FormField(_table(stages), TABLE_NAMES[name]) for name, stages in TABLES.items()}
)


class PolicyForm(FlaskForm):
    """A whole version of the time limits. Its fields are named as the service's refusals name them."""

    rules = FormField(Rules)
    limits = FormField(CustodyLimits)
    escalation = FormField(Escalation)
    counts = RadioField("Which days count", widget=GovRadioInput())
    local = TextAreaField("Days on which the force is closed besides", widget=GovTextArea())
    transit_stores = SelectMultipleField(
        "Transit stores", coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    effective_from = StringField("When they come into force", widget=GovTextInput())
    note = StringField("Why they change", widget=GovTextInput())
    seen_version = IntegerField("", widget=HiddenInput())

    @classmethod
    def of(cls, latest: Policy, stores: list[Place]) -> "PolicyForm":
        """The form, filled in from the newest version."""
        local = sorted(latest.closed - policy.bank_holidays(latest.effective_from)) if latest.closed else []
        form = cls(
            data={
                "rules": {code: _days(latest, code) for code in ITEM_CATEGORY_NAMES},
                "limits": {name: getattr(latest.limits, name) for name in LIMIT_NAMES},
                "escalation": {"decision": _stages(latest.stages), "custody": _stages(latest.custody_stages)},
                "counts": latest.counts.value,
                "local": "\n".join(f"{day:%d/%m/%Y}" for day in local),
                "transit_stores": sorted(latest.transit_stores),
                "seen_version": latest.version,
            }
        )
        form.counts.choices = {count.value: name for count, name in DAY_COUNT_NAMES.items()}
        form.transit_stores.choices = {store.id: store.name for store in stores}
        return form

    def given(self) -> policy.Form:
        """The form for the service."""
        stages = [row.form for table in self.escalation.form for row in table.form]
        rows = [part for row in self.rules.form for part in row.form] + [stage.percent for stage in stages]
        return policy.Form(
            numbers={field.name: str(field.data or "") for field in (*rows, *self.limits.form)},
            counts=self.counts.data or "",
            local=self.local.data or "",
            transit_stores=tuple(self.transit_stores.data or ()),
            effective_from=moment(self.effective_from.data),
            note=self.note.data or "",
            seen_version=self.seen_version.data or 0,
            tells={stage.tells.name: tuple(stage.tells.data or ()) for stage in stages},
        )


def _days(latest: Policy, code: str) -> dict[str, object]:
    rule = latest.rule(code)
    return {part: getattr(rule, part) if getattr(rule, part) is not None else "" for part in policy.PARTS}


def _stages(stages: tuple[Stage, ...]) -> dict[str, object]:
    return {one.name: {"percent": str(one.percent), "tells": list(one.tells)} for one in stages}
