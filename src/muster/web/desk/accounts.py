"""Accounts of a place: who may do what, passes for one night."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.people.actions import create_account, grant_role, make_surge_pass
from muster.apps.people.actions.closing import close_account
from muster.apps.people.queries.access import require
from muster.apps.people.queries.accounts import accounts_within, passes_within
from muster.kernel.divisions import code_range
from muster.kernel.errors import Invalid
from muster.protocols.access import AccessRole, Verb
from muster.web import fields
from muster.web.desk.page import acting, community_code, done, page, posted
from muster.web.desk.qr import qr
from muster.web.reach import Reach
from muster.web.words import WORDS

# What a place's own manager hands out; headquarters and the platform are made on the command line.
HANDED_OUT = ("community_secretary", "grid_worker", "building_head", "recorder",
              "supplies_coordinator", "checkpoint_leader", "volunteer")  # fmt: skip
FOR_A_NIGHT = ("recorder", "volunteer", "grid_worker", "checkpoint_leader")


class PasswordWeak(Invalid):
    """This password will not do: {why}"""

    code = "password_weak"


class RoleNotHandedOut(Invalid):
    """This role is not given out here: {role}"""

    code = "role_not_handed_out"


@page(Verb.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Who may enter, and how to let somebody in."""
    context: dict[str, Any] = {
        "reach": reach,
        "accounts": accounts_within(low=reach.low, high=reach.high),
        "passes": passes_within(low=reach.low, high=reach.high),
        "roles": {key: WORDS["access_role"][key] for key in HANDED_OUT},
        "night_roles": {key: WORDS["access_role"][key] for key in FOR_A_NIGHT},
        "me": acting(request).account,
    }
    return render(request, "desk/accounts.html", context)


def _role(request: HttpRequest, among: tuple[str, ...]) -> AccessRole:
    role = request.POST.get("role", "")
    if role not in among:
        raise RoleNotHandedOut(role=role, reason="")
    return AccessRole(role)


@posted
def make(request: HttpRequest) -> HttpResponse:
    """A log-in with one role over this place."""

    def write() -> object:
        area = community_code(request)
        require(Verb.MANAGE_ACCOUNTS, place=area)
        made = create_account(
            username=fields.text(request.POST, "username"),
            display_name=fields.text(request.POST, "display_name"),
            area=area,
            password=checked(request.POST.get("password", "")),
        )
        return grant_role(account=made.id, role=_role(request, HANDED_OUT), places=code_range(area))

    return done(request, write, gettext("The account is made. Hand over the password in person."))


def checked(password: str) -> str:
    """A password that the rules allow. Raises `PasswordWeak`."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise PasswordWeak(why=" ".join(error.messages), reason="") from error
    return password


@posted
def surge(request: HttpRequest) -> HttpResponse:
    """A pass for one night: the code is shown once."""
    token = make_surge_pass(
        role=_role(request, FOR_A_NIGHT),
        area=community_code(request),
        uses=max(1, min(200, fields.number(request.POST, "uses", 1))),
        valid=timedelta(hours=max(1, min(72, fields.number(request.POST, "hours", 2)))),
    )
    link = request.build_absolute_uri(reverse("pass", args=[token]))
    context = {"code": qr(link, scale=7), "role": request.POST.get("role")}
    response = render(request, "desk/pass.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@posted
def close(request: HttpRequest, account: UUID) -> HttpResponse:
    """Nobody enters with this account any more."""
    return done(request, lambda: close_account(account=account), gettext("The account is closed."))
