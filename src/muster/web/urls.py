"""Pages."""

from django.urls import path

from muster.web import language

urlpatterns = [path("language", language.language, name="language")]
