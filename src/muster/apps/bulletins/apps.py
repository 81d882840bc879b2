from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "muster.apps.bulletins"
    label = "bulletins"
    verbose_name = "战报"
