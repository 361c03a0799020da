"""Devices: which terminals and scan clients may send acts."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput
from ...domain.people import Action
from ...guard import Door, access
from ...services import devices
from ..navigation import OFFERS, Offer
from ..security import DEVICE_COOKIE

bp = Blueprint("devices", __name__, url_prefix="/devices")
OFFERS.append(
    Offer("devices.listed", "Devices", "Enrol scanners and terminals; revoke lost ones.", (Action.MANAGE_DEVICES,), 45)
)
# Browsers keep no cookie longer than this.
_COOKIE_SECONDS = 400 * 24 * 3600


@bp.get("")
@access(Door.SIGNED_IN, Action.MANAGE_DEVICES)
def listed() -> str:
    """Every device, with the form to enrol one more."""
    return _page({})


@bp.post("")
@access(Door.SIGNED_IN, Action.MANAGE_DEVICES)
def enrol() -> str | tuple[str, int]:
    """Enrol a device. Its token is shown here and kept nowhere, so no redirect could show it."""
    name = request.form.get("name", "")
    try:
        device, token = devices.enrol(services(), person(), name, request.form.get("store", type=int))
    except BadInput as refusal:
        return _page({refusal.field: refusal.sentence()}, name), 422
    return render_template("devices/enrolled.html", device=device, token=token)


@bp.post("/<int:number>/here")
@access(Door.SIGNED_IN, Action.MANAGE_DEVICES)
def use_here(number: int) -> AnyResponse:
    """Make this browser the device: the administrator stands at the terminal."""
    token = request.form.get("token", "")
    device = devices.of_token(services(), person(), number, token)
    flash(f"This browser is now {device.name}. Sign out, then open the store room.")
    response = redirect(url_for("devices.listed"))
    response.set_cookie(
        DEVICE_COOKIE,
        token,
        httponly=True,
        samesite="Strict",
        secure=bool(current_app.config["HTTPS"]),
        max_age=_COOKIE_SECONDS,
    )
    return response


@bp.post("/<int:number>/revoke")
@access(Door.SIGNED_IN, Action.MANAGE_DEVICES)
def revoke(number: int) -> AnyResponse:
    """Revoke a device."""
    devices.revoke(services(), person(), number)
    flash("The device is revoked. Its token is worth nothing from now on.")
    return redirect(url_for("devices.listed"))


@bp.post("/<int:number>/write-off")
@access(Door.SIGNED_IN, Action.MANAGE_DEVICES)
def write_off(number: int) -> AnyResponse | tuple[str, int]:
    """Say that what a device skipped will never arrive."""
    try:
        devices.write_off(services(), person(), number, request.form.get("reason", ""))
    except BadInput as refusal:
        return _page({f"reason-{number}": refusal.sentence()}), 422
    flash("The missing scans are written off under your name. Items can be reported as missing again.")
    return redirect(url_for("devices.listed"))


def _page(errors: dict[str, str], name: str = "") -> str:
    fleet = devices.fleet(services(), person())
    return render_template("devices/list.html", fleet=fleet, errors=errors, name=name)
