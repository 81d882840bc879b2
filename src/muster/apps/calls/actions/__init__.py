"""The writes of `calls`."""

from muster.apps.calls.actions.calls import acknowledge, close_call, issue_call
from muster.apps.calls.actions.chains import paste_chain, reopen_entry, settle_entry
from muster.apps.calls.actions.reports import confirm_report, report_in
from muster.apps.calls.actions.signups import (
    NewSignUp,
    offer_people,
    read_signup_link,
    sign_up,
    signup_link,
    withdraw,
)

__all__ = [
    "NewSignUp",
    "acknowledge",
    "close_call",
    "confirm_report",
    "issue_call",
    "offer_people",
    "paste_chain",
    "read_signup_link",
    "reopen_entry",
    "report_in",
    "settle_entry",
    "sign_up",
    "signup_link",
    "withdraw",
]
