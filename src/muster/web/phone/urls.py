"""Addresses of the phone pages."""

from django.urls import path

from muster.web.phone import doors, kits, mine, signing_up, table

urlpatterns = [
    path("s/<str:token>/", signing_up.signup, name="signup"),
    path("pass/<str:token>/", signing_up.surge_pass, name="pass"),
    path("me/", mine.my_shifts, name="my-shifts"),
    path("me/<str:token>/", mine.enter, name="my-link"),
    path("shifts/<str:token>.ics", mine.calendar, name="my-calendar"),
    path("checkin/<str:code>", mine.check_in, name="check-in"),
    path("table/", table.table, name="table"),
    path("table/find", table.find, name="table-find"),
    path("table/<str:token>/", table.enter, name="table-enter"),
    path("walk/", doors.walk, name="walk"),
    path("walk/kits/", kits.walk, name="kit-walk"),
    path("k/<str:token>/", kits.home, name="kit-home"),
]
