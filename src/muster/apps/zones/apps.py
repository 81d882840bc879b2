from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "muster.apps.zones"
    label = "zones"
    verbose_name = "分区"
