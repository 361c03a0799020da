"""What each kind of act is called on pages, and what its form asks for."""

from typing import Final

from .act_spec import Ask, Spec
from .laboratory_specs import LABORATORY, OUT

SEAL = Ask("seal", "Seal number, as you read it now", "It is compared with the record. Leave it empty if it has none.")
PLACE = Ask("place", "Where it is put", must="Choose the place where it is put.")
REASON_FOR_PLACE = Ask("reason", "Why there, if the place does not suit it")

HANDS, STORE, LOST, LEGAL, WHAT = (
    "In your hands", "In the store", "Lost and found", "Keeping and disposal", "What it is",
)  # fmt: skip
GROUPS: Final = (HANDS, STORE, OUT, LOST, LEGAL, WHAT)

_ALL: Final = (
    Spec(
        "OFFER", "Hand over", "Offer it to a named person. It stays with you until they accept.", "Offer it", HANDS,
        (Ask("receiver", "Who is to take it", must="Choose the person who is to take it."), SEAL), many=True,
    ),
    Spec(
        "ACCEPT", "Accept", "Take what was offered to you. From then on you answer for it.", "Accept it", HANDS,
        (SEAL,), condition=True, many=True,
    ),
    Spec(
        "REJECT", "Turn down or withdraw", "End the offer. It does not change hands.", "End the offer", HANDS,
        (Ask("reason", "Why it is not handed over", must="Enter why it is not handed over."),), many=True,
    ),
    Spec(
        "SEAL", "Seal", "Put it under a new seal.", "Record the seal", HANDS,
        (Ask("new_seal", "Number of the new seal", must="Enter the number of the new seal."),), witness="two",
    ),
    Spec(
        "OPEN", "Open the seal", "Break the seal. Keep the old bag with the item.", "Record the opening", HANDS,
        (Ask("reason", "Why it is opened", must="Enter why it is opened."), SEAL), witness="two",
    ),
    Spec(
        "VIEW", "Show", "Somebody views it while you hold it.", "Record the viewing", HANDS,
        (
            Ask("present", "Who was present", "Everybody’s name and role.", "Enter who was present."),
            Ask("opened", "The packaging was opened for it"),
            SEAL,
        ),
        witness="two",
    ),
    Spec(
        "PUT_IN", "Put into a box", "The box stands where the item is.", "Record it", HANDS,
        (Ask("box", "Code on the box’s label", "Like B-4KT9-22RM-7.", "Enter the code on the box’s label."), SEAL),
        many=True,
    ),
    Spec("TAKE_OUT", "Take out of its box", "", "Record it", HANDS, (SEAL,), many=True),
    Spec(
        "SIGHTING", "Sighted", "You saw the item itself; nothing moves.", "Record the sighting", HANDS,
        (Ask("place", "Where you saw it"), SEAL), places="inside", condition=True,
    ),
    Spec(
        "BOOK_IN", "Book in", "It comes into a store for the first time.", "Book it in", STORE,
        (PLACE, SEAL, REASON_FOR_PLACE), places="mine", witness="two", counted=True, condition=True, many=True,
    ),
    Spec(
        "MOVE", "Move", "To another place in the store.", "Record the move", STORE, (PLACE, SEAL, REASON_FOR_PLACE),
        places="mine", many=True,
    ),
    Spec(
        "SIGN_OUT", "Sign out", "To a named person, who signs in here themselves.", "Sign it out", STORE,
        (
            Ask("receiver_name", "Sign-in name of who takes it", must="The person who takes it must sign in here."),
            Ask("receiver_password", "Their password"),
            Ask("purpose", "What it is taken for", must="Enter what it is taken for."),
            Ask("due_back", "When it is due back", "A date like 28/11/2026.", "Enter when it is due back."),
            Ask("joint_name", "Sign-in name of a second person who takes it with them"),
            Ask("joint_password", "The second person’s password"),
            SEAL,
        ),
        many=True,
    ),
    Spec(
        "SIGN_IN", "Sign in", "It comes back into a store.", "Sign it in", STORE, (PLACE, SEAL, REASON_FOR_PLACE),
        places="mine", condition=True, many=True,
    ),
    Spec(
        "COLLECT", "Hand to a carrier", "It goes to another store.", "Record the collection", STORE,
        (
            Ask("place", "The carrier", must="Choose the carrier."),
            Ask("bound_for", "The store it goes to"),
            SEAL,
        ),
        places="carrier", many=True,
    ),
    Spec(
        "RECEIVE", "Receive from a carrier", "It arrives at this store.", "Record the receipt", STORE,
        (PLACE, SEAL, REASON_FOR_PLACE), places="mine", condition=True, many=True,
    ),
    Spec(
        "SUBMIT", "Send for examination", "To a laboratory or its courier: this stops the submission clock.",
        "Record the dispatch", OUT,
        (
            Ask("place", "The laboratory or courier", must="Choose the laboratory or courier."),
            Ask("submission", "Submission number", "Like FS-000012, from its form.", "Enter the submission number."),
            Ask("authority", "Who authorised it, where the number is of another system"),
            SEAL,
        ),
        places="forensic", many=True,
    ),
    Spec(
        "LAB_RECEIPT", "Laboratory has it", "The laboratory confirms that it arrived.", "Record the receipt", OUT,
        (
            Ask("place", "The laboratory", must="Choose the laboratory."),
            Ask("number", "The laboratory’s own number for it", must="Enter the laboratory’s number for it."),
            Ask("seal", "Seal number on arrival"),
        ),
        places="lab",
    ),
    Spec(
        "LAB_RETURN", "Back from the laboratory", "Into a store.", "Record the return", OUT,
        (
            PLACE,
            Ask("new_seal", "The laboratory’s new seal"),
            Ask("seal", "The old seal, if it was not opened"),
            Ask("text", "Result, in a few words"),
            REASON_FOR_PLACE,
        ),
        places="mine", condition=True,
    ),
    Spec(
        "CONSUME", "Used up in examination", "Nothing comes back. This ends the item.", "Record that nothing is left",
        OUT,
        (
            Ask("number", "The laboratory’s own number for it", must="Enter the laboratory’s number for it."),
            Ask("text", "The report that says so", must="Enter the report that says that it was used up."),
        ),
    ),
    Spec(
        "TO_COURT", "Take to court", "", "Record that it went to court", OUT,
        (
            Ask("place", "The court", must="Choose the court."),
            Ask("number", "Court exhibit number"),
            SEAL,
        ),
        places="court", many=True,
    ),
    Spec(
        "FROM_COURT", "Back from court", "Into a store.", "Record the return", OUT, (PLACE, SEAL, REASON_FOR_PLACE),
        places="mine", condition=True, many=True,
    ),
    Spec(
        "UNACCOUNTED", "Not where it should be", "Nobody can say where it is. The search begins.",
        "Report it as unaccounted for", LOST,
        (Ask("text", "Where you have looked, and how", must="Enter where you have looked, and how."),), many=True,
    ),
    Spec(
        "MISSING", "Confirm missing", "After the search. The item stays on record for ever.", "Confirm it missing",
        LOST, (Ask("text", "What was searched, by whom and when", must="Enter what was searched, by whom and when."),),
    ),
    Spec(
        "FOUND", "Found again", "The gap before stays on record.", "Record that it is found", LOST,
        (PLACE, Ask("text", "Where it was found"), SEAL), places="mine", condition=True,
    ),
    Spec(
        "HOLD", "Place a hold", "Nothing on hold can be disposed of.", "Place the hold", LEGAL,
        (
            Ask("hold", "What is it held for?", must="Choose what it is held for."),
            Ask("text", "Anything that helps to know when it ends"),
        ),
        many=True,
    ),
    Spec(
        "RELEASE_HOLD", "Release a hold", "", "Release the hold", LEGAL,
        (
            Ask("hold", "Which hold ends?", must="Choose the hold that ends."),
            Ask("reason", "Why it no longer applies", must="Enter why the hold no longer applies."),
        ),
        many=True,
    ),
    Spec(
        "REVIEW", "Review retention", "Why it is kept, and until when.", "Record the review", LEGAL,
        (
            Ask("text", "On what basis it is kept", must="Enter the basis on which it is kept."),
            Ask("until", "Next review", "A date like 28/11/2026.", "Enter the date of the next review."),
        ),
        many=True,
    ),
    Spec(
        "AUTHORISE_DISPOSAL", "Authorise disposal", "Somebody else carries it out.", "Authorise it", LEGAL,
        (
            Ask("method", "How may it be disposed of?", must="Choose how it may be disposed of."),
            Ask("text", "Legal basis", "Like PACE s.22 or Police (Property) Act 1897.", "Enter the legal basis."),
        ),
        many=True,
    ),
    Spec(
        "RESTORE", "Restore to its owner", "Before a witness, against identity and a receipt.", "Record the return",
        LEGAL,
        (
            Ask("text", "Name of the claimant", must="Enter the name of the claimant."),
            Ask("identity", "How they proved who they are", must="Enter how the claimant proved who they are."),
            Ask("number", "Number of the signed receipt", must="Enter the number of the signed receipt."),
            SEAL,
        ),
        witness="always",
    ),
    Spec(
        "DESTROY", "Destroy", "Before a witness, under a certificate.", "Record the destruction", LEGAL,
        (Ask("number", "Number of the certificate", must="Enter the number of the certificate."), SEAL),
        witness="always", many=True,
    ),
    Spec(
        "AUCTION", "Send to auction", "Before a witness.", "Record it", LEGAL,
        (
            Ask("text", "Auctioneer", must="Enter the auctioneer."),
            Ask("number", "Lot number", must="Enter the lot number."),
            SEAL,
        ),
        witness="always",
    ),
    Spec(
        "RETAIN", "Retain for police use", "Before a witness.", "Record it", LEGAL,
        (
            Ask("text", "Unit that keeps it", must="Enter the unit that keeps it."),
            Ask("purpose", "What it is kept for", must="Enter what it is kept for."),
            SEAL,
        ),
        witness="always",
    ),
    Spec(
        "RE_SEIZE", "Seize again", "The same item, in police hands again.", "Record the seizure", LEGAL,
        (
            Ask("authority", "Power of seizure", must="Enter the power under which it was seized."),
            Ask("text", "Where it was found"),
            Ask("new_seal", "Seal number"),
        ),
    ),
    Spec("SPLIT", "Take parts from it", "Each part becomes an item of its own.", "", WHAT, (), page="divide.split"),
    Spec(
        "RELABEL", "It lost its label", "Identify it in two ways, then print a new label.", "", WHAT, (),
        page="divide.relabel",
    ),
    Spec(
        "PROMOTE", "Make it an exhibit", "Found property gets a reference. Its deadlines run on.", "", WHAT, (),
        page="divide.promote",
    ),
    *LABORATORY,
)  # fmt: skip

SPECS: Final[dict[str, Spec]] = {spec.kind: spec for spec in _ALL}
BY_PATH: Final[dict[str, Spec]] = {spec.path: spec for spec in _ALL}
