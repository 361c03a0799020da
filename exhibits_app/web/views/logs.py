"""The log of scans and the log of reads."""

from flask import Blueprint, render_template, request

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import logs
from ..navigation import OFFERS, Offer

scan_log = Blueprint("scan_log", __name__)
read_log = Blueprint("read_log", __name__)
OFFERS.append(Offer("scan_log.scans", "Scan log", "Every scan, recorded or refused.", (Action.SEE_SCAN_LOG,), 70))
OFFERS.append(
    Offer("read_log.reads", "Who read what", "Everyone who opened a case or an item.", (Action.SEE_READ_LOG,), 71)
)


@scan_log.get("/logs/scans")
@access(Door.SIGNED_IN, Action.SEE_SCAN_LOG)
def scans() -> str:
    """Scans, newest first."""
    refused = request.args.get("refused") == "1"
    after = request.args.get("after", 0, type=int)
    entries, next_after = logs.scans(services(), person(), refused, after)
    return render_template("scan_log.html", entries=entries, next_after=next_after, refused=refused, after=after)


@read_log.get("/logs/reads")
@access(Door.SIGNED_IN, Action.SEE_READ_LOG)
def reads() -> str:
    """Reads, newest first."""
    entries, next_after = logs.reads(services(), person(), request.args.get("after", 0, type=int))
    return render_template("read_log.html", entries=entries, next_after=next_after)
