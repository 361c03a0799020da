"""The tables: SQLModel classes for storage only, used through their SQLAlchemy tables and never as objects.

They do not validate, so `store/mapping.py` turns what they hold into domain objects. No relationships.
"""

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

from . import (
    alerts,
    blank_labels,
    boxes,
    calendars,
    case_links,
    closed,
    decisions,
    grading,
    items,
    label_designs,
    mending,
    people,
    register,
    scans,
    submissions,
    tree,
    trends,
)

metadata: MetaData = SQLModel.metadata


def _table(row: type[SQLModel]) -> Table:
    return metadata.tables[str(row.__tablename__)]


person = _table(people.PersonRow)
person_grant = _table(people.PersonGrantRow)
team = _table(people.TeamRow)
sign_in_link = _table(people.SignInLinkRow)
web_session = _table(people.WebSessionRow)
attempt = _table(people.AttemptRow)
device = _table(people.DeviceRow)
turn = _table(people.TurnRow)
sequence_gap = _table(people.SequenceGapRow)
read_log = _table(people.ReadLogRow)

place = _table(register.PlaceRow)
case_file = _table(register.CaseFileRow)
case_link = _table(case_links.CaseLinkRow)
case_member = _table(register.CaseMemberRow)
policy = _table(register.PolicyRow)
counter = _table(register.CounterRow)
setting = _table(register.SettingRow)

item = _table(items.ItemRow)
also_due = _table(items.AlsoDueRow)
seal_use = _table(items.SealUseRow)
box = _table(boxes.BoxRow)
manifest = _table(boxes.ManifestRow)
photo = _table(items.PhotoRow)
entry = _table(items.EntryRow)
disclosure = _table(items.DisclosureRow)
pending = _table(items.PendingRow)

calendar_feed = _table(calendars.CalendarFeedRow)
grading_plan = _table(grading.GradingPlanRow)
decision_made = _table(decisions.DecisionMadeRow)
open_discrepancy = _table(mending.OpenDiscrepancyRow)
act_alarm = _table(mending.ActAlarmRow)

label = _table(scans.LabelRow)
label_design = _table(label_designs.LabelDesignRow)
print_job = _table(scans.PrintJobRow)
print_step = _table(scans.PrintStepRow)
label_series = _table(blank_labels.LabelSeriesRow)
series_label = _table(blank_labels.SeriesLabelRow)
series_note = _table(blank_labels.SeriesNoteRow)
submission = _table(submissions.SubmissionRow)
submission_line = _table(submissions.SubmissionLineRow)
submission_version = _table(submissions.SubmissionVersionRow)
submission_note = _table(submissions.SubmissionNoteRow)
act = _table(scans.ActRow)
scan_log = _table(scans.ScanLogRow)
scan_picture = _table(scans.ScanPictureRow)

alert = _table(alerts.AlertRow)
acknowledgement = _table(alerts.AcknowledgementRow)
message = _table(alerts.MessageRow)
overdue_day = _table(trends.OverdueDayRow)
overdue_share = _table(trends.OverdueShareRow)
heartbeat = _table(alerts.HeartbeatRow)

leaf = _table(tree.LeafRow)
tile = _table(tree.TileRow)
tree_state = _table(tree.TreeStateRow)
checkpoint = _table(tree.CheckpointRow)
log_key = _table(tree.LogKeyRow)
anchor = _table(tree.AnchorRow)
attestation = _table(tree.AttestationRow)

closed_log = _table(closed.ClosedLogRow)
closed_checkpoint = _table(closed.ClosedCheckpointRow)
closed_record = _table(closed.ClosedRecordRow)
