"""Keys of rounds in words: where a tube is, what does not agree, where results get lost."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROUND_WORDS: dict[str, Mapping[str, str | Promise]] = {
    "stage": {
        "open": _("Being filled"),
        "closed": _("Tube closed"),
        "packed": _("In a box"),
        "sealed": _("Sealed"),
        "courier": _("With the courier"),
        "laboratory": _("In the laboratory"),
        "resulted": _("Has its result"),
    },
    "handing": {
        "sealed": _("Seal the box"),
        "courier": _("The courier takes it"),
        "laboratory": _("The laboratory has received it"),
    },
    "discrepancy": {
        "tube_unknown": _("The system does not know this tube"),
        "tube_empty": _("Nobody is recorded in this tube"),
        "tube_not_closed": _("The tube was not closed at its table"),
        "tube_count": _("More or fewer swabs than people"),
        "box_count": _("Counted otherwise than scanned"),
        "box_overfull": _("More tubes than a box may hold"),
    },
    "change_kind": {
        "void": _("The phone says: this record does not count"),
        "move": _("The phone says: this swab is in another tube"),
    },
    "change_code": {
        "": _("Its record has not come"),
        "device_revoked": _("The phone was revoked before this came"),
        "record_other_device": _("Another phone made the record; only that one may change it"),
        "record_void": _("The record is void already"),
        "tube_resulted": _("The laboratory has answered for the tube already"),
        "tube_code_malformed": _("The tube code is not one of ours"),
        "tube_other_table": _("The tube belongs to another table"),
        "tube_full": _("The tube was full already"),
    },
    "visit_code": {
        "": _("The word that it takes back has not come"),
        "device_revoked": _("The phone was revoked before this came"),
        "person_unknown": _("Nobody on the roll has this person's number any more"),
        "person_other_community": _("The person belongs to another community"),
        "visit_other_device": _("Only the phone that said it may take it back"),
    },
    "visit_mend": {
        "": _("It is done as soon as the word comes. Let it be if that phone is lost."),
        "device_revoked": _("If it is true, note it at the door list: it counts as the desk's."),
        "person_unknown": _(
            "Ask the pair whom they meant; note it at the door list, or add the person to the roll."
        ),
        "person_other_community": _("Tell the other community; the roll may have to be mended."),
        "visit_other_device": _("The other phone's word stands. The desk's own word outweighs it."),
    },
    "closing_code": {
        "device_revoked": _("The phone was revoked before this came"),
        "tube_code_malformed": _("The tube code is not one of ours"),
        "tube_other_table": _("The tube belongs to another table"),
        "count_differs": _("More records than swabs in hand"),
    },
    "lost": {
        "unbound": _("Swab taken, person not bound"),
        "typed": _("Number or name typed wrongly"),
        "somebody_elses": _("Somebody else's code was shown"),
        "no_number": _("No identity number and no phone"),
        "on_the_way": _("Tube or box is late"),
        "miscoded": _("Code entered twice or wrongly in the laboratory"),
        "no_result": _("The laboratory's result is late"),
    },
    "lost_mend": {
        "unbound": _(
            "Ask the table who was swabbed; the recorder binds them or the tube is opened."
        ),
        "typed": _("Find the person on the roll, or add the person, and accept the record."),
        "somebody_elses": _(
            "Call the person: which of the two tubes is theirs? Void the other one."
        ),
        "no_number": _("The result finds them by door only: add a number or a phone."),
        "on_the_way": _("Ask where it was last: the table, the packer, the courier."),
        "miscoded": _("Send the rows back to the laboratory to look at the tube again."),
        "no_result": _("Call the laboratory with the codes below."),
    },
    "kit_kind": {
        "issue": _("Kits handed out"),
        "result": _("Result of a kit"),
        "undo": _("Taken back"),
    },
    "kit_code": {
        "": _("The word that it takes back has not come"),
        "device_revoked": _("The phone was revoked before this came"),
        "person_unknown": _("Nobody on the roll has this person's number any more"),
        "person_other_community": _("The person belongs to another community"),
        "stranger_at_door": _("The person does not live behind this door"),
        "nobody_lives_here": _("Nobody lives behind this door, or it is none of the series"),
        "kits_already_issued": _("The door had its kits already: a second lot lies there"),
        "kit_result_stands": _("Another result stands; a positive waits for its re-test"),
        "kit_word_other_device": _("Only the phone that said it may take it back"),
        "kit_day_unknown": _("It is no day of the series, or has not come yet"),
        "kit_result_unknown": _("There is no such result"),
        "kit_undo_too_late": _("Too late to take an issue back"),
        "kits_used": _("Results of these kits have come in"),
        "nothing_in_store": _("Nothing that may still be used was entered in the store"),
        "store_not_found": _("There is no such store"),
        "kit_issue_not_found": _("Its number is that of another issue"),
    },
    "kit_mend": {
        "": _("It is done as soon as the word comes. Let it be if that phone is lost."),
        "device_revoked": _("If the pair confirms it, do as the phone said."),
        "person_unknown": _("Ask the pair whom they meant, and enter the result."),
        "person_other_community": _("Tell the other community; the roll may have to be mended."),
        "stranger_at_door": _("Mend the roll, then do as the phone said."),
        "nobody_lives_here": _("Mend the roll, then do as the phone said; or fetch the kits."),
        "kits_already_issued": _("Fetch the second lot, or let it be: the ledger shows both."),
        "kit_result_stands": _("Ask at the door which one is true."),
        "kit_word_other_device": _("The other phone's word stands. Ask that pair."),
        "kit_day_unknown": _("Ask the pair which day they meant, and enter the result."),
        "kit_result_unknown": _("Ask the pair what the kit showed, and enter the result."),
        "kit_undo_too_late": _("If the kits are back, book a return in the store."),
        "kits_used": _("If kits came back all the same, book a return in the store."),
        "nothing_in_store": _("Enter what came in, then do as the phone said."),
        "store_not_found": _("Book what was handed out by hand in the right store."),
        "kit_issue_not_found": _("Ask the pair what was handed out."),
    },
    "undo_bar": {
        "decision_taken_back": _("Taken back"),
        "decided_since": _("Cannot be undone: it was decided anew since"),
        "closed_since": _("Cannot be undone: the tube was closed anew since"),
        "resulted_since": _("Cannot be undone: the result of its tube has come"),
        "recalled_since": _("Cannot be undone: somebody was called to a re-test, and told"),
    },
    "movement": {
        "double": _("A second lot at one door"),
        "received": _("Received"),
        "issued": _("Handed out"),
        "returned": _("Came back"),
        "spoiled": _("Spoiled"),
        "counted": _("Counted"),
    },
    "day_state": {
        "done": _("Result in"),
        "due": _("Due today"),
        "late": _("Late"),
        "ahead": _("To come"),
        "held": _("Held for the re-test"),
    },
}
