from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "muster.apps.notices"
    label = "notices"
    verbose_name = "通知"
