from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "muster.apps.communities"
    label = "communities"
    verbose_name = "社区"
