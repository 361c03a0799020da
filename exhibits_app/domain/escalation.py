"""The escalation: from which share of the time on whom is told, a table that each version of the limits carries."""

from dataclasses import dataclass
from itertools import pairwise

from .errors import InspectorLeftOut, NobodyTold, StageOutOfOrder

# Who can be told, in words; what stands behind each is looked up when an alert is raised.
TELLS = {
    "oic": "The officer in the case",
    "holder": "Whoever holds the item",
    "supervisor": "The supervisor",
    "submissions": "The submissions unit",
    "inspector": "An inspector",
}
STAGE_NAMES = {
    "half-time": "First notice",
    "due-soon": "Second notice",
    "overdue": "At the deadline",
    "long-overdue": "Long after the deadline",
}
# The last stage tells these; it is the one that an acknowledgement never holds back.
ALWAYS_TOLD = "inspector"
LAST, AT_DEADLINE = "long-overdue", "overdue"
# Ten times the time that there was: later than that is a slip of the finger.
MOST_PERCENT = 1_000


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the escalation: from this share of the time on, these people are told."""

    name: str
    share: float
    tells: tuple[str, ...]

    @property
    def percent(self) -> int:
        """The share as people type it."""
        return round(self.share * 100)


# 50 % -> OIC; 80 % -> OIC and supervisor; 100 % -> supervisor and FSU; +50 % -> DI (default; force policy, not law).
STAGES: tuple[Stage, ...] = (
    Stage("half-time", 0.5, ("oic",)),
    Stage("due-soon", 0.8, ("oic", "supervisor")),
    Stage("overdue", 1.0, ("supervisor", "submissions")),
    Stage("long-overdue", 1.5, ("inspector",)),
)
# A step of custody that takes too long is told to whoever has the item in hand; then as above.
CUSTODY_STAGES: tuple[Stage, ...] = (
    Stage("overdue", 1.0, ("holder", "supervisor")),
    Stage("long-overdue", 1.5, ("inspector",)),
)
# Each table with the stages that a version may have in it, in order. Before the deadline a stage may be left out.
TABLES = {"decision": STAGES, "custody": CUSTODY_STAGES}
TABLE_NAMES = {"decision": "Decisions, submissions and recommendations", "custody": "Steps of custody"}


def check_stages(table: str, stages: tuple[Stage, ...]) -> None:
    """Raise StageOutOfOrder, NobodyTold, or InspectorLeftOut, with a field like `escalation-custody-overdue-tells`."""
    for before, after in pairwise(stages):
        if after.share <= before.share:
            raise StageOutOfOrder(f"escalation-{table}-{after.name}-percent", STAGE_NAMES[after.name])
    for stage in stages:
        if not stage.tells:
            raise NobodyTold(f"escalation-{table}-{stage.name}-tells", STAGE_NAMES[stage.name])
    if ALWAYS_TOLD not in stages[-1].tells:
        raise InspectorLeftOut(f"escalation-{table}-{stages[-1].name}-tells")


def in_words(stage: Stage) -> str:
    """Who is told at this stage: "the officer in the case, the supervisor"."""
    return ", ".join(TELLS[word][0].lower() + TELLS[word][1:] for word in stage.tells)
