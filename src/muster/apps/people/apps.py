from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "muster.apps.people"
    label = "people"
    verbose_name = "人员"
