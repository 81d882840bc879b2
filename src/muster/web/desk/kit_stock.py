"""The stock of kits: what is there by store and lot, what came, what went, what was counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.kits.actions import book_out, count_lot, receive_kits
from muster.apps.kits.queries.series import today
from muster.apps.kits.queries.stock import balances_within, movements_within, usable
from muster.kernel.ids import new_id
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.kits import a_date
from muster.web.desk.page import community_code, done, page, posted
from muster.web.exports import xlsx_response
from muster.web.lists import listed
from muster.web.reach import Reach
from muster.web.templatetags.muster import said


@page(Verb.MANAGE_SUPPLIES, community=True)
def stock(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Balances on top, the ledger below."""
    balances = balances_within(low=reach.low, high=reach.high)
    ledger = movements_within(low=reach.low, high=reach.high)
    if request.GET.get("export"):
        return _export(reach, ledger)
    context: dict[str, Any] = {
        "reach": reach,
        "balances": [(b, new_id()) for b in balances],
        "usable": usable(balances, today()),
        "short": [b for b in balances if b.balance < 0],
        "today": today(),
        "list": listed(request, ledger),
        "fresh": new_id(),
    }
    return render(request, "desk/kit_stock.html", context)


def _export(reach: Reach, ledger: Any) -> HttpResponse:
    heads = ("Time", "Store", "Lot", "Expires on", "Movement", "Kits", "Note")
    return xlsx_response(
        name="kit-stock",
        title=gettext("Stock of kits"),
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (m.at, m.store.name, m.lot.code, m.lot.expires_on, said(m.kind, "movement"),
             m.quantity, m.note)
            for m in ledger
        ),
    )  # fmt: skip


@posted
def receive(request: HttpRequest) -> HttpResponse:
    """Kits came in."""

    def write() -> object:
        return receive_kits(
            key=fields.key(request.POST, "key"),
            area=community_code(request),
            store=fields.text(request.POST, "store"),
            lot=fields.text(request.POST, "lot"),
            expires_on=a_date(fields.text(request.POST, "expires_on")),
            quantity=fields.number(request.POST, "quantity"),
        )

    return done(request, write, gettext("Booked."), back=reverse("desk-kit-stock"))


@posted
def book(request: HttpRequest, store: UUID, lot: UUID) -> HttpResponse:
    """Spoiled, returned, or counted."""
    form = request.POST

    def write() -> object:
        key, quantity = fields.key(form, "key"), fields.number(form, "quantity")
        note = fields.text(form, "note")
        if form.get("kind") == "counted":
            return count_lot(key=key, store=store, lot=lot, counted=quantity, note=note)
        return book_out(
            key=key, store=store, lot=lot, quantity=quantity, note=note,
            kind="returned" if form.get("kind") == "returned" else "spoiled",
            anyway=form.get("anyway") == "1",
        )  # fmt: skip

    return done(request, write, gettext("Booked."), back=reverse("desk-kit-stock"))
