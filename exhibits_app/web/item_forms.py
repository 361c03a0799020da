"""The forms on an item's page."""

from typing import Any

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
from wtforms import Field, RadioField, SelectField, StringField, SubmitField, TextAreaField

from ..domain.acknowledging import MOST_DAYS
from ..domain.advice import ADVISER_NAMES, CAUSE_NAMES, GRADE_NAMES
from ..domain.clocks import CLOCK_NAMES
from ..domain.decisions import DECISION_NAMES, REASON_NAMES, Choice
from ..domain.errors import (
    BadInput,
    DecisionNeedsRationale,
    DeferralNeedsDate,
    DeferralTooLong,
    RecommendationUnanswered,
    Refusal,
    UnknownReasonCode,
)
from ..domain.exhibit import Exhibit
from ..domain.show import day_and_time
from ..domain.typed_times import start_of_day
from ..services import acknowledging
from ..services.deciding import Advice
from ..services.exhibits import View
from ..services.photos import Upload
from .person_field import PersonField

_FIELDS: dict[type[Refusal], str] = {
    UnknownReasonCode: "reason_code",
    DecisionNeedsRationale: "rationale",
    DeferralNeedsDate: "until",
    DeferralTooLong: "until",
}


def field_of(refusal: Refusal) -> str:
    """The field of the decision form that a refusal is about: the decision itself unless it says which."""
    if isinstance(refusal, RecommendationUnanswered):
        return ANSWER + refusal.recommendation
    return "" if isinstance(refusal, BadInput) else _FIELDS.get(type(refusal), "decision")


ANSWER = "answer-"


class DecisionForm(FlaskForm):
    """A forensic decision. `answering` gives the form with a field for each open recommendation."""

    decision = RadioField("Decision", widget=GovRadioInput(), choices=DECISION_NAMES)
    reason_code = SelectField("Reason", widget=GovSelect(), choices={"": "Choose a reason"} | REASON_NAMES, default="")
    rationale = TextAreaField("Why, in your own words", widget=GovTextArea())
    consulted = StringField("Who was consulted", widget=GovTextInput())
    reopen_if = StringField("What would reopen it", widget=GovTextInput())
    until = StringField("Deferred until", widget=GovTextInput())
    cost = StringField("What the examination would cost, in pounds", widget=GovTextInput())
    submit = SubmitField("Record the decision", widget=GovSubmitInput())

    @classmethod
    def answering(cls, exhibit: Exhibit, **given: Any) -> "DecisionForm":
        """The form for this exhibit, filled in from what was sent."""
        fields = {
            ANSWER + one.event: TextAreaField(
                f"Answer to {one.adviser} ({ADVISER_NAMES[one.role].lower()})", widget=GovTextArea()
            )
            for one in exhibit.open_recommendations
        }
        made: DecisionForm = type("DecisionFormWithAnswers", (cls,), dict(fields))(**given)
        return made

    def answer_fields(self) -> list[Field]:
        """The fields of the answers, in the order of the recommendations."""
        return [field for field in self if field.name.startswith(ANSWER)]

    def choice(self) -> Choice:
        """The decision for the service; a date that cannot be read is none."""
        return Choice(
            decision=self.decision.data or "",
            reason_code=self.reason_code.data or "",
            rationale=self.rationale.data or "",
            consulted=self.consulted.data or "",
            reopen_if=self.reopen_if.data or "",
            until=start_of_day(self.until.data),
            cost=self.cost.data or "",
            answers={field.name.removeprefix(ANSWER): field.data or "" for field in self.answer_fields()},
        )


class AdviceForm(FlaskForm):
    """An examination that somebody recommends."""

    role = SelectField("Who recommends it", widget=GovSelect(), choices={"": "Choose"} | ADVISER_NAMES, default="")
    adviser = StringField("Their name", widget=GovTextInput())
    examination = TextAreaField("Which examination, and why", widget=GovTextArea())
    owner = PersonField("Who must see that it is answered")
    advise = SubmitField("Record the recommendation", widget=GovSubmitInput())

    def given(self) -> Advice:
        """The recommendation for the service."""
        return Advice(
            self.role.data or "", self.adviser.data or "", self.examination.data or "", self.owner.chosen() or 0
        )


class GradeForm(FlaskForm):
    """The forensic grade."""

    grade = SelectField("Forensic grade", widget=GovSelect(), choices={"": "Choose a grade"} | GRADE_NAMES, default="")
    give = SubmitField("Record the grade", widget=GovSubmitInput())


class ReopenForm(FlaskForm):
    """A decision to make again."""

    cause = SelectField("What reopens it", widget=GovSelect(), choices={"": "Choose"} | CAUSE_NAMES, default="")
    note = StringField("What came to be known", widget=GovTextInput())
    again = SubmitField("Have it decided again", widget=GovSubmitInput())


class AcknowledgeForm(FlaskForm):
    """A deadline that somebody knows of, and why it waits."""

    clock = SelectField("Which deadline", widget=GovSelect(), validate_choice=False, choices=())
    days = SelectField(
        "For how long",
        widget=GovSelect(),
        validate_choice=False,
        choices={str(n): f"{n} day{'' if n == 1 else 's'}" for n in range(1, MOST_DAYS + 1)},
    )
    reason = StringField("Why it waits", widget=GovTextInput())
    known = SubmitField("Acknowledge", widget=GovSubmitInput())

    def offer(self, view: View) -> None:
        """The item's running deadlines that are not acknowledged now."""
        self.clock.choices = {
            acknowledging.key(one): f"{CLOCK_NAMES[one.kind]}, due {day_and_time(one.due)}"
            for one in view.clocks
            if acknowledging.can_be(one) and not ((known := view.acknowledgement(one)) and known.one.holds(view.now))
        }


class PhotographForm(FlaskForm):
    """A photograph to add."""

    photograph = FileField("Photograph", widget=GovFileInput())
    caption = StringField("What it shows", widget=GovTextInput())
    add = SubmitField("Add the photograph", widget=GovSubmitInput())

    def upload(self) -> Upload:
        """The file as it was sent, with the end of its name; nameless when none was chosen."""
        file = self.photograph.data
        return Upload(file.filename[-100:], file.read(), self.caption.data or "") if file else Upload("", b"")
