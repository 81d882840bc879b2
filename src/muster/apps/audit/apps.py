from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "muster.apps.audit"
    label = "audit"
    verbose_name = "审计"
