"""One's own account: the PIN that goes with the badge, and what one may do."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField, SubmitField

from ...current import person, services
from ...domain.errors import PasswordWrong, PinsDiffer, PinTooSimple, TooManyAttempts
from ...domain.people import Action
from ...guard import Door, access
from ...services import calendars, people, signin

bp = Blueprint("account", __name__)


class PinForm(FlaskForm):
    """A new PIN, proved by the password."""

    password = PasswordField("Your password", widget=GovPasswordInput())
    pin = PasswordField("New PIN", widget=GovPasswordInput())
    again = PasswordField("The new PIN once more", widget=GovPasswordInput())
    submit = SubmitField("Set this PIN", widget=GovSubmitInput())


@bp.get("/account")
@access(Door.SIGNED_IN)
def mine() -> str:
    """Who I am here."""
    return _page(PinForm())


@bp.post("/account/pin")
@access(Door.SIGNED_IN)
def set_pin() -> AnyResponse | tuple[str, int]:
    """Set my PIN."""
    form = PinForm()
    try:
        signin.change_pin(services(), person(), form.password.data or "", form.pin.data or "", form.again.data or "")
    except (PasswordWrong, TooManyAttempts) as refusal:
        form.password.errors = [refusal.sentence()]
    except PinTooSimple as refusal:
        form.pin.errors = [refusal.sentence()]
    except PinsDiffer as refusal:
        form.again.errors = [refusal.sentence()]
    else:
        flash("Your PIN is set. Use it with your badge at any enrolled device.")
        return redirect(url_for("account.mine"))
    return _page(form), 422


@bp.post("/account/calendar")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def make_calendar() -> str:
    """Make the address of my calendar, and show it this once."""
    secret = calendars.make(services(), person())
    return _page(PinForm(formdata=None), url_for("calendars.feed", secret=secret, _external=True))


@bp.post("/account/calendar/revoke")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def revoke_calendar() -> AnyResponse:
    """My calendar is read by nobody any more."""
    gone = calendars.revoke(services(), person())
    flash("The address of your calendar is revoked." if gone else "There was no address to revoke.")
    return redirect(url_for("account.mine"))


def _page(form: PinForm, calendar: str = "") -> str:
    mine = people.my_account(services(), person())
    made = calendars.made_at(services(), person())
    return render_template("account.html", form=form, mine=mine, calendar=calendar, calendar_made=made)
