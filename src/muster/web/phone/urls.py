"""Addresses of the phone pages."""

from django.urls import path

from muster.web.phone import code, doors, kits, mine, signing_up

urlpatterns = [
    path("s/<str:token>/", signing_up.signup, name="signup"),
    path("pass/<str:token>/", signing_up.surge_pass, name="pass"),
    path("me/", mine.my_shifts, name="my-shifts"),
    path("me/code/", code.my_code, name="my-code"),
    path("me/code/<str:token>/", code.enter, name="my-code-link"),
    path("me/<str:token>/", mine.enter, name="my-link"),
    path("shifts/<str:token>.ics", mine.calendar, name="my-calendar"),
    path("checkin/<str:code>", mine.check_in, name="check-in"),
    path("walk/", doors.walk, name="walk"),
    path("walk/kits/", kits.walk, name="kit-walk"),
    path("k/<str:token>/", kits.home, name="kit-home"),
]
