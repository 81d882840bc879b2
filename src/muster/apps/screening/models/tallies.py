"""What a round has come to, in numbers: what a whole city's page adds up."""

from typing import ClassVar

from django.db import models

from muster.apps.screening.models.rounds import Round
from muster.kernel.records import Record


class Tally(models.Model):
    """A round of a community counted at `as_of`. People (residents by status), tubes and samples
    are three different things and stand beside each other, never added."""

    record: ClassVar = Record(holds="", why="a city is not counted door by door", goes="specimens")

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="tally")
    area = models.BigIntegerField()
    starts_at = models.DateTimeField()
    residents = models.IntegerField()
    tested = models.IntegerField()
    exempt = models.IntegerField()
    refused = models.IntegerField()
    away = models.IntegerField()
    home_visit = models.IntegerField()
    missing = models.IntegerField()
    tubes = models.IntegerField()
    samples = models.IntegerField()
    as_of = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["area", "-starts_at"], name="tally_newest"),)

    def __str__(self) -> str:
        return str(self.round_id)
