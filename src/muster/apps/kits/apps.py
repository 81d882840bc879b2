from django.apps import AppConfig


class KitsConfig(AppConfig):
    name = "muster.apps.kits"
    label = "kits"
    verbose_name = "抗原"
