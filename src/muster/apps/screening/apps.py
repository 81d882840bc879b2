from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    name = "muster.apps.screening"
    label = "screening"
    verbose_name = "核酸"
