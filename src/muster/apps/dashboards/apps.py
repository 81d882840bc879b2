from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "muster.apps.dashboards"
    label = "dashboards"
    verbose_name = "看板"
