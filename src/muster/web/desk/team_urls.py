"""Addresses of the pages about teams."""

from django.urls import path

from muster.web.desk import team_edits, teams

urlpatterns = [
    path("teams/", teams.teams, name="desk-teams"),
    path("teams/make", teams.make, name="desk-team-make"),
    path("teams/<uuid:split>/", teams.team, name="desk-team"),
    path("teams/<uuid:split>/again", teams.again, name="desk-team-again"),
    path("teams/<uuid:split>/progress", teams.progress, name="desk-team-progress"),
    path("teams/<uuid:split>/stop", teams.stop, name="desk-team-stop"),
    path("teams/<uuid:split>/accept", teams.accept, name="desk-team-accept"),
    path("teams/<uuid:split>/undo", team_edits.undo, name="desk-team-undo"),
    path("teams/<uuid:split>/pair", team_edits.pair, name="desk-team-pair"),
    path("teams/pairs/<uuid:pair>/drop", team_edits.unpair, name="desk-team-unpair"),
    path("teams/<uuid:split>/<uuid:person>/", team_edits.where, name="desk-team-where"),
    path("teams/<uuid:split>/<uuid:person>/move", team_edits.move, name="desk-team-move"),
    path("teams/<uuid:split>/<uuid:person>/pin", team_edits.pin, name="desk-team-pin"),
    path("teams/<uuid:split>/<uuid:person>/lead", team_edits.lead, name="desk-team-lead"),
]
