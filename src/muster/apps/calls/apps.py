from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "muster.apps.calls"
    label = "calls"
    verbose_name = "动员"
