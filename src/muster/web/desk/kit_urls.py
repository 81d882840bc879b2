"""Addresses of the pages about antigen kits."""

from django.urls import path

from muster.web.desk import kit_follow_ups, kit_phones, kit_stock, kits

urlpatterns = [
    path("kits/codes/<int:door>/revoke", kits.revoke, name="desk-kit-code-revoke"),
    path("kits/", kits.kits, name="desk-kits"),
    path("kits/open", kits.begin, name="desk-kits-open"),
    path("kits/<uuid:series>/close", kits.close, name="desk-kits-close"),
    path("kits/doors/", kits.doors, name="desk-kit-doors"),
    path("kits/codes/", kits.codes, name="desk-kit-codes"),
    path("kits/issues/<uuid:issue>/undo", kits.undo, name="desk-kit-undo"),
    path("kits/phones/", kit_phones.phones, name="desk-kit-phones"),
    path("kits/phones/enrol", kit_phones.enrol, name="desk-kit-enrol"),
    path("kits/phones/<uuid:phone>/revoke", kit_phones.revoke, name="desk-kit-phone-revoke"),
    path(
        "kits/words/<uuid:series>/<uuid:word>/apply", kit_phones.apply, name="desk-kit-word-apply"
    ),
    path(
        "kits/words/<uuid:series>/<uuid:word>/fetch", kit_phones.fetch, name="desk-kit-word-fetch"
    ),
    path(
        "kits/words/<uuid:series>/<uuid:word>/leave", kit_phones.leave, name="desk-kit-word-leave"
    ),
    path(
        "kits/words/<uuid:series>/<uuid:word>/reopen",
        kit_phones.reopen,
        name="desk-kit-word-reopen",
    ),
    path("kits/stock/", kit_stock.stock, name="desk-kit-stock"),
    path("kits/stock/receive", kit_stock.receive, name="desk-kit-receive"),
    path("kits/stock/<uuid:store>/<uuid:lot>/book", kit_stock.book, name="desk-kit-book"),
    path("kits/follow-ups/<uuid:follow_up>/settle", kit_follow_ups.settle, name="desk-kit-settle"),
    path("kits/follow-ups/<uuid:follow_up>/photo", kit_follow_ups.photo, name="desk-kit-photo"),
]
