"""Phones with kits: the code that makes a phone a pair's, which there are, and what they said that
somebody has to look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.communities.queries.places import place_of
from muster.apps.kits.actions import (
    apply_kit_word,
    dismiss_kit_word,
    fetch_kits_back,
    offer_kit_phone,
    reopen_kit_word,
    revoke_kit_phone,
)
from muster.apps.kits.queries.phones import phones_of
from muster.apps.kits.queries.words import open_words, words_of
from muster.apps.people.queries.phones import is_over
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.coverage import whole_name
from muster.web.desk.held_changes import let_be
from muster.web.desk.kits import chosen_series
from muster.web.desk.page import done, page, posted
from muster.web.desk.qr import qr
from muster.web.reach import Reach


@page(Verb.ISSUE_KITS, community=True)
def phones(request: HttpRequest, reach: Reach) -> HttpResponse:
    """What has to be looked at first, then the phones, the last enrolled first."""
    series = chosen_series(request, reach)
    context: dict[str, Any] = {"reach": reach, "series": series, "now": clock.now()}
    if series is not None:
        context["words"] = open_words(series)
        context["phones"] = [(p, is_over(p), words_of(p)) for p in phones_of(series)]
    return render(request, "desk/kit_phones.html", context)


@posted
def enrol(request: HttpRequest) -> HttpResponse:
    """A code for a pair's phone, shown once, as a table's is (`muster.web.desk.rounds`)."""
    at = place_of(fields.number(request.POST, "at"))
    offered, code = offer_kit_phone(series=fields.key(request.POST, "series"), place=at.id)
    link = f"{request.build_absolute_uri('/lane/')}#{code}"
    context = {"offered": offered, "code": qr(link, scale=8), "digits": code, "place": at}
    context |= {"where": whole_name(at), "series": offered.series}
    response = render(request, "desk/kit_device.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@posted
def revoke(request: HttpRequest, phone: UUID) -> HttpResponse:
    """What it says from now on is held."""
    said = gettext("The phone is revoked. What it sends from now on is held.")
    return done(request, lambda: revoke_kit_phone(phone=phone), said)


@posted
def apply(request: HttpRequest, series: UUID, word: UUID) -> HttpResponse:
    """What the phone said is done."""

    def write() -> str:
        if apply_kit_word(series=series, word=word).state == "held":
            return gettext("It cannot be done yet: see what still speaks against it.")
        return gettext("Done as the phone said.")

    return done(request, write, "{0}")


@posted
def fetch(request: HttpRequest, series: UUID, word: UUID) -> HttpResponse:
    """The kits of the second pair are back."""
    said = gettext("Booked back into the store.")
    return done(request, lambda: fetch_kits_back(series=series, word=word), said)


@posted
def leave(request: HttpRequest, series: UUID, word: UUID) -> HttpResponse:
    """Nothing more follows from the word."""

    def write(reason: str) -> object:
        return dismiss_kit_word(series=series, word=word, reason=reason)

    return let_be(request, write, reverse("desk-kit-word-reopen", args=[series, word]))


@posted
def reopen(request: HttpRequest, series: UUID, word: UUID) -> HttpResponse:
    """Undo: it is on the list again."""
    said = gettext("Taken back. It waits for a decision again.")
    return done(request, lambda: reopen_kit_word(series=series, word=word), said)
