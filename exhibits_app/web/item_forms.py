"""The forms on an item's page."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from govuk_frontend_wtf.wtforms_widgets import (
    GovFileInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import RadioField, SelectField, StringField, SubmitField, TextAreaField

from ..domain.decisions import DECISION_NAMES, REASON_NAMES, Choice
from ..domain.errors import (
    BadInput,
    DecisionNeedsRationale,
    DeferralNeedsDate,
    DeferralTooLong,
    Refusal,
    UnknownReasonCode,
)
from ..services.photos import Upload
from .typed_times import start_of_day

_FIELDS: dict[type[Refusal], str] = {
    UnknownReasonCode: "reason_code",
    DecisionNeedsRationale: "rationale",
    DeferralNeedsDate: "until",
    DeferralTooLong: "until",
}


def field_of(refusal: Refusal) -> str:
    """The field of the decision form that a refusal is about: the decision itself unless it says which."""
    return "" if isinstance(refusal, BadInput) else _FIELDS.get(type(refusal), "decision")


class DecisionForm(FlaskForm):
    """A forensic decision."""

    decision = RadioField("Decision", widget=GovRadioInput(), choices=DECISION_NAMES)
    reason_code = SelectField("Reason", widget=GovSelect(), choices={"": "Choose a reason"} | REASON_NAMES, default="")
    rationale = TextAreaField("Why, in your own words", widget=GovTextArea())
    consulted = StringField("Who was consulted", widget=GovTextInput())
    reopen_if = StringField("What would reopen it", widget=GovTextInput())
    until = StringField("Deferred until", widget=GovTextInput())
    submit = SubmitField("Record the decision", widget=GovSubmitInput())

    def choice(self) -> Choice:
        """The decision for the service; a date that cannot be read is none."""
        return Choice(
            decision=self.decision.data or "",
            reason_code=self.reason_code.data or "",
            rationale=self.rationale.data or "",
            consulted=self.consulted.data or "",
            reopen_if=self.reopen_if.data or "",
            until=start_of_day(self.until.data),
        )


class PhotographForm(FlaskForm):
    """A photograph to add."""

    photograph = FileField("Photograph", widget=GovFileInput())
    caption = StringField("What it shows", widget=GovTextInput())
    add = SubmitField("Add the photograph", widget=GovSubmitInput())

    def upload(self) -> Upload:
        """The file as it was sent, with the end of its name; nameless when none was chosen."""
        file = self.photograph.data
        return Upload(file.filename[-100:], file.read(), self.caption.data or "") if file else Upload("", b"")
