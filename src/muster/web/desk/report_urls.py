"""Addresses of the pages about bulletins, the audit, accounts and bodies."""

from django.urls import path

from muster.web.desk import accounts, audit, bodies, bulletins

urlpatterns = [
    path("bulletins/", bulletins.bulletins, name="desk-bulletins"),
    path("bulletins/issue", bulletins.issue, name="desk-bulletin-issue"),
    path("bulletins/<uuid:bulletin>/", bulletins.bulletin, name="desk-bulletin"),
    path("audit/", audit.audit, name="desk-audit"),
    path("accounts-of-place/", accounts.accounts, name="desk-accounts"),
    path("accounts-of-place/make", accounts.make, name="desk-account-make"),
    path("accounts-of-place/pass", accounts.surge, name="desk-account-pass"),
    path("accounts-of-place/<uuid:account>/close", accounts.close, name="desk-account-close"),
    path("bodies/", bodies.bodies, name="desk-bodies"),
    path("bodies/create", bodies.create, name="desk-body-create"),
    path("bodies/<uuid:body>/members", bodies.members, name="desk-body-members"),
    path("bodies/<uuid:body>/end", bodies.end, name="desk-body-end"),
]
