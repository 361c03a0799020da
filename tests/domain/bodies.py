"""Every event of custody, loss, ending and mending with the sentence that tells it, for tests that hold for all."""

from dataclasses import replace
from datetime import UTC, datetime

from exhibits_app.domain.events import (
    Accepted,
    Auctioned,
    BackFromCourt,
    Body,
    BookedIn,
    BoxOpened,
    BoxRef,
    BoxSealed,
    Collected,
    ConfirmedMissing,
    Consumed,
    Corrected,
    Destroyed,
    DiscrepancyRaised,
    DiscrepancySettled,
    DisposalAuthorised,
    EndSeen,
    Found,
    Graded,
    GradingPlanned,
    HoldPlaced,
    HoldReleased,
    Imported,
    Inherited,
    ItemRef,
    LabReceived,
    LabReturned,
    Mistake,
    Offered,
    Part,
    Promoted,
    PutIn,
    Received,
    RecommendationAnswered,
    Recommended,
    Rejected,
    Relabelled,
    Reopened,
    Reseized,
    Restored,
    ResultRecorded,
    Retained,
    RetentionReviewed,
    SealApplied,
    SealOpened,
    SentToCourt,
    SignedOut,
    Split,
    SplitOff,
    SubmissionAuthorised,
    SubmissionRecalled,
    TakenOut,
    Unaccounted,
    Viewed,
)
from tests.domain.exhibits import CASE, COURIER, COURT, LAB, OKAFOR, REYES, SEIZED_AT, SHELF, an_id

DUE = datetime(2026, 5, 9, 9, 0, tzinfo=UTC)
BOX = BoxRef(3, "Box 17", "ab" * 32, 40)
SPLIT_OFF = SplitOff(
    CASE,
    "AB/1/1",
    "Swab of stain",
    "BIO",
    REYES,
    REYES,
    Inherited(ItemRef(1, "AB/1"), SEIZED_AT, "store", 10, "Ilford transit store, bay 2", SHELF.ref, ("coroner",)),
    seal="S200",
)

# What is said of AB/1 by Okafor, without the end "at 14:00 on 4 May 2026 (scanned)".
SAID: list[tuple[Body, str]] = [
    (SPLIT_OFF, "Okafor took AB/1 (1 item) from AB/1, whose clocks it keeps, seal S200"),
    (
        Split((Part(ItemRef(2, "AB/1/1"), 3),), 6, 1, "tablets", "S100"),
        "Okafor split AB/1 into AB/1/1 (3 tablets); 6 tablets left and 1 lost, seal S100",
    ),
    (
        Relabelled(("seal number", "photograph"), "E4KT922RMQ"),
        "Okafor identified AB/1 by seal number and photograph to label it anew; label E4KT922RMQ is revoked",
    ),
    (
        Promoted("AB/9", REYES, "KNF", CASE),
        "Okafor made AB/1 an exhibit as AB/9, to be produced by PC 4521 Reyes",
    ),
    (
        BookedIn(SHELF.ref, "S100", "240 pounds, by two", "PC 2207"),
        "Okafor booked AB/1 into Ilford transit store, bay 2, seal S100, counted or weighed as 240 pounds, by two, "
        "made safe by PC 2207",
    ),
    (
        SignedOut(REYES, "court", DUE, None, OKAFOR),
        "PC 4521 Reyes and Okafor took AB/1 from Okafor for court, due back 9 May 2026",
    ),
    (
        Collected(COURIER.ref, "S100", SHELF.ref),
        "Okafor handed AB/1 to Forensic courier, bound for Ilford transit store, bay 2, seal S100",
    ),
    (Received(SHELF.ref, "S100"), "Okafor received AB/1 at Ilford transit store, bay 2, seal S100"),
    (Offered(REYES, "S100"), "Okafor offered AB/1 to PC 4521 Reyes, seal S100"),
    (Accepted(an_id(1), "S100"), "Okafor accepted AB/1, seal S100"),
    (Rejected(an_id(1)), "Okafor ended the offer of AB/1; it did not change hands"),
    (PutIn(BOX, SHELF.ref), "Okafor put AB/1 into Box 17"),
    (TakenOut(BOX, SHELF.ref), "Okafor took AB/1 out of Box 17"),
    (BoxSealed(BOX, "B900"), "Okafor closed Box 17 under seal B900, with AB/1 in it"),
    (BoxOpened(BOX, "B900"), "Okafor opened Box 17, seal B900, with AB/1 in it"),
    (SealApplied("S101"), "Okafor sealed AB/1 with seal S101"),
    (SealOpened("S100"), "Okafor opened AB/1, seal S100"),
    (
        Viewed("the defence expert", opened=True, seal="S100"),
        "Okafor showed AB/1 (opened) in the presence of the defence expert, seal S100",
    ),
    (
        SubmissionAuthorised("FS-000012", 2, LAB.ref, "0f" * 32),
        "Okafor authorised that AB/1 is sent to Northern Forensics under submission FS-000012, version 2",
    ),
    (
        SubmissionRecalled("FS-000012", 2, "The laboratory has no room."),
        "Okafor took the authority to send AB/1 under submission FS-000012 back (The laboratory has no room)",
    ),
    (
        LabReceived(LAB.ref, "NF-77", "S100"),
        "Okafor recorded that Northern Forensics received AB/1 as its item NF-77, seal S100",
    ),
    (
        LabReturned(SHELF.ref, "S100", "L900", "profile obtained"),
        "Okafor took AB/1 back from the laboratory at Ilford transit store, bay 2, seal S100, under the new seal L900, "
        "result: profile obtained",
    ),
    (
        Consumed("NF-77", "report 12"),
        "Okafor recorded that AB/1 was used up in examination as item NF-77 (report 12)",
    ),
    (SentToCourt(COURT.ref, "3", "S100"), "Okafor took AB/1 to Northern Crown Court as court exhibit 3, seal S100"),
    (BackFromCourt(SHELF.ref), "Okafor took AB/1 back from court at Ilford transit store, bay 2"),
    (Unaccounted("both bays."), "Okafor could not account for AB/1 (searched: both bays)"),
    (ConfirmedMissing("the whole store"), "Okafor confirmed that AB/1 is missing (search: the whole store)"),
    (
        Found(SHELF.ref, "S100", "behind the shelf"),
        "Okafor found AB/1 (behind the shelf) and put it at Ilford transit store, bay 2, seal S100",
    ),
    (HoldPlaced("coroner", "inquest"), "Okafor placed AB/1 on hold: coroner (inquest)"),
    (HoldReleased("civil-claim"), "Okafor released the hold on AB/1: civil claim"),
    (
        RetentionReviewed("CPIA code 5.9", DUE),
        "Okafor reviewed AB/1: kept on the basis of CPIA code 5.9, next review 9 May 2026",
    ),
    (
        Recommended("pathologist", "Dr Sorrel", "Sperm and blood.", REYES),
        "Okafor recorded that Dr Sorrel (pathologist) recommends for AB/1: Sperm and blood; PC 4521 Reyes is to answer",
    ),
    (RecommendationAnswered(an_id(1), "Goes with FS/1."), "Okafor answered a recommendation for AB/1: Goes with FS/1"),
    (Graded("F1"), "Okafor graded AB/1 as F1: first priority"),
    (
        Imported("Old system", "P 17", DUE, SHELF.ref, "PC 12 Alder", "Colour: blue"),
        "Okafor imported AB/1 from Old system, number P 17, at Ilford transit store, bay 2 there, seized by PC 12 "
        "Alder there; its time limits count from 9 May 2026 unless a plan says otherwise",
    ),
    (GradingPlanned(3, DUE), "Okafor set 9 May 2026 as the day on which AB/1 is graded in (plan 3)"),
    (
        Reopened("coroner-asks", "inquest on 3 June"),
        "Okafor reopened the decision about AB/1: the coroner or the pathologist asks (inquest on 3 June)",
    ),
    (
        ResultRecorded("R/12", "hit", DUE, "Full profile.", LAB.ref, "Dr Q"),
        "Okafor recorded the result for AB/1 from Northern Forensics, Dr Q, report R/12 of 9 May 2026: hit: a match, "
        "or positive (Full profile)",
    ),
    (
        ResultRecorded("R/12", "not-examined", DUE, "too little", LAB.ref),
        "Okafor recorded the result for AB/1 from Northern Forensics, report R/12 of 9 May 2026: not examined "
        "(too little); it is to be decided again",
    ),
    (EndSeen(), "Okafor has seen that AB/1 was used up in examination"),
    (
        Split((Part(ItemRef(2, "AB/1/1"), 0),), 1, 0, "item", made_by="Northern Forensics"),
        "Okafor recorded that Northern Forensics made AB/1/1 (a sample) from AB/1; 1 item left and 0 lost",
    ),
    (
        replace(SPLIT_OFF, made_by="Northern Forensics"),
        "Okafor recorded that Northern Forensics made AB/1 (1 item) from AB/1, whose clocks it keeps, seal S200",
    ),
    (DisposalAuthorised("destroy", "Convicted, no appeal"), "Okafor authorised to destroy AB/1 (Convicted, no appeal)"),
    (
        Restored("J. Marlow", "passport", "R12"),
        "Okafor restored AB/1 to J. Marlow, known by passport, receipt R12",
    ),
    (Destroyed("C-9"), "Okafor destroyed AB/1 under certificate C-9"),
    (Auctioned("Hill and Sons", "44"), "Okafor handed AB/1 to Hill and Sons for auction as lot 44"),
    (Retained("Training", "teaching"), "Okafor gave AB/1 to Training, which keeps it for teaching"),
    (
        Reseized(REYES, "PACE s.19", "Mill Lane", "S300"),
        "PC 4521 Reyes seized AB/1 again at Mill Lane under PACE s.19, seal S300; recorded by Okafor",
    ),
    (
        Corrected(an_id(1), Mistake.PLACE, place=SHELF.ref),
        "Okafor corrected an earlier event of AB/1 (wrong place; it was Ilford transit store, bay 2)",
    ),
    (
        Corrected(an_id(1), Mistake.TIME, occurred_at=SEIZED_AT),
        "Okafor corrected an earlier event of AB/1 (wrong time; it was at 10:00 on 4 May 2026)",
    ),
    (
        Corrected(an_id(1), Mistake.PERSON, person=REYES),
        "Okafor corrected an earlier event of AB/1 (wrong person; it was PC 4521 Reyes)",
    ),
    (
        Corrected(an_id(1), Mistake.SEAL, seal="S101"),
        "Okafor corrected an earlier event of AB/1 (wrong seal; it was seal S101)",
    ),
    (
        Corrected(an_id(1), Mistake.ITEM, item=ItemRef(2, "AB/2")),
        "Okafor corrected an earlier event of AB/1 (wrong item; it was AB/2)",
    ),
    (Corrected(an_id(1), Mistake.NOTHING), "Okafor corrected an earlier event of AB/1 (did not happen)"),
    (
        DiscrepancyRaised("revoked label", "E-4KT9-22RM-Q", "another label"),
        "Okafor raised a discrepancy of AB/1 (revoked label: seen E-4KT9-22RM-Q, recorded another label)",
    ),
    (
        DiscrepancySettled(an_id(1), "wrong seal", "seal-misread", "S100"),
        "Okafor settled the discrepancy of AB/1 'wrong seal' as seal-misread, seal S100 stands",
    ),
]
