"""Pages."""

from django.urls import URLPattern, URLResolver, include, path

from muster.web.desk import (
    call,
    chains,
    imports,
    people,
    signups,
    today,
    uploads,
)
from muster.web.language import language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="desk-today"),
    path("language", language, name="language"),
    path("call/", call.call, name="desk-call"),
    path("call/issue", call.issue, name="desk-call-issue"),
    path("call/<uuid:call>/close", call.close, name="desk-call-close"),
    path("call/<uuid:call>/<uuid:organisation>/answer", call.answer, name="desk-call-answer"),
    path("call/<uuid:call>/<uuid:organisation>/offer", call.offer, name="desk-call-offer"),
    path("signups/", signups.signups, name="desk-signups"),
    path("signups/poster/", signups.poster, name="desk-poster"),
    path("signups/reports/", signups.reports, name="desk-reports"),
    path("signups/reports/<uuid:report>/<slug:side>", signups.confirm, name="desk-report-confirm"),
    path("signups/<uuid:signup>/withdraw", signups.take_back, name="desk-signup-withdraw"),
    path("chains/", chains.chains, name="desk-chains"),
    path("chains/preview", chains.preview, name="desk-chain-preview"),
    path("chains/paste", chains.paste, name="desk-chain-paste"),
    path("chains/entries/<uuid:entry>/settle", chains.settle, name="desk-chain-settle"),
    path("chains/entries/<uuid:entry>/reopen", chains.reopen, name="desk-chain-reopen"),
    path("chains/<uuid:version>/", chains.version, name="desk-chain"),
    path("people/", people.people, name="desk-people"),
    path("people/<uuid:person>/", people.person, name="desk-person"),
    path("people/<uuid:person>/role", people.take_role, name="desk-person-role"),
    path("people/<uuid:person>/merge", people.merge, name="desk-person-merge"),
    path("people/<uuid:person>/unmerge", people.unmerge, name="desk-person-unmerge"),
    path("people/<uuid:person>/others", people.others, name="desk-person-others"),
    path("people/<uuid:person>/number", people.reveal, name="desk-person-reveal"),
    path("imports/", imports.imports, name="desk-imports"),
    path("imports/upload", imports.upload, name="desk-import-upload"),
    path("imports/uploads/<uuid:upload>/", uploads.progress, name="desk-upload"),
    path("imports/uploads/<uuid:upload>/cancel", uploads.cancel, name="desk-upload-cancel"),
    path("imports/<uuid:batch>/columns", uploads.correct, name="desk-import-columns"),
    path("imports/<uuid:batch>/", imports.batch, name="desk-import"),
    path("imports/rows/<uuid:row>/settle", imports.settle, name="desk-row-settle"),
    path("imports/rows/<uuid:row>/dismiss", imports.dismiss, name="desk-row-dismiss"),
    path("imports/rows/<uuid:row>/reopen", imports.reopen, name="desk-row-reopen"),
    path("", include("muster.web.desk.field_urls")),
    path("", include("muster.web.desk.kit_urls")),
    path("", include("muster.web.desk.report_urls")),
]
