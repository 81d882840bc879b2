"""Addresses of the pages about posts, rounds, doors and zones."""

from django.urls import path

from muster.web.desk import board, code, coverage, held, recalls, results, rounds, zones

urlpatterns = [
    path("board/", board.board, name="desk-board"),
    path("board/propose", board.propose, name="desk-board-propose"),
    path("board/plans/<uuid:plan>/publish", board.publish, name="desk-board-publish"),
    path("board/<uuid:assignment>/change", board.change, name="desk-board-change"),
    path("board/<uuid:assignment>/move", board.move, name="desk-board-move"),
    path("board/<uuid:assignment>/remove", board.remove, name="desk-board-remove"),
    path("board/<uuid:assignment>/attend", board.attend, name="desk-board-attend"),
    path("board/<uuid:assignment>/replace", board.replace, name="desk-board-replace"),
    path("board/post/<uuid:post>/code/", code.code, name="desk-board-code"),
    path("rounds/", rounds.rounds, name="desk-round"),
    path("rounds/preview", rounds.preview, name="desk-round-preview"),
    path("rounds/open", rounds.start, name="desk-round-open"),
    path("rounds/<uuid:round_id>/close", rounds.close, name="desk-round-close"),
    path("rounds/tables/<uuid:table>/enrol", rounds.enrol, name="desk-device-enrol"),
    path("rounds/devices/<uuid:device>/revoke", rounds.revoke, name="desk-device-revoke"),
    path("held/", held.held, name="desk-held"),
    path("held/<uuid:record>/accept", held.accept, name="desk-held-accept"),
    path("held/<uuid:record>/void", held.void, name="desk-held-void"),
    path("held/<uuid:record>/people", held.candidates, name="desk-held-people"),
    path("results/", results.results, name="desk-results"),
    path("results/upload", results.upload, name="desk-results-upload"),
    path("recalls/", recalls.recalls, name="desk-recalls"),
    path("recalls/<uuid:recall>/settle", recalls.settle, name="desk-recall-settle"),
    path("coverage/", coverage.coverage, name="desk-coverage"),
    path("coverage/doors/", coverage.doors, name="desk-doors"),
    path("coverage/<uuid:person>/note", coverage.note, name="desk-absence-note"),
    path("coverage/<uuid:person>/forget", coverage.forget, name="desk-absence-forget"),
    path("zones/", zones.zones, name="desk-zones"),
    path("zones/level", zones.level, name="desk-zone-level"),
    path("zones/issue", zones.issue, name="desk-zone-issue"),
    path("zones/<uuid:order>/end", zones.end, name="desk-zone-end"),
]
