from django.apps import AppConfig


class RostersConfig(AppConfig):
    name = "muster.apps.rosters"
    label = "rosters"
    verbose_name = "排班"
