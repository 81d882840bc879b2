"""Results, recalls, absences, second calls: what follows a tube, and who was not tested."""

from typing import ClassVar

from django.db import models

from muster.apps.screening.models.rounds import Round
from muster.kernel.ids import new_id
from muster.kernel.records import Record, Scope


class Result(models.Model):
    """One row of a result file or one result of a laboratory: applied to its tube, or waiting with
    a code. Without a round where no tube of any round has the code. `code` of an applied row says
    what was odd about it. A waiting row is `matched` to a tube by hand (the result is then a row of
    its own) or `dismissed`."""

    record: ClassVar = Record(holds="", why="what the laboratory said of a tube", goes="specimens")

    class State(models.TextChoices):
        APPLIED = "applied"
        WAITING = "waiting"
        MATCHED = "matched"
        DISMISSED = "dismissed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="results", null=True)
    area = models.BigIntegerField()
    laboratory = models.UUIDField(null=True)
    batch = models.UUIDField()
    row = models.IntegerField()
    tube = models.TextField()
    value = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices)
    code = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    settled_by = models.TextField(blank=True, db_default="")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["area", "received_at"],
                condition=models.Q(state="waiting"),
                name="result_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.tube


class Recall(models.Model):
    """Somebody out of a positive, weak or invalid pool: hold at home, single re-test, release."""

    record: ClassVar = Record(
        holds="who was in a positive pool and what came of it",
        why="isolate, re-test, release",
        goes="specimens",
        scope=Scope(place="area", person="person_id"),
    )

    class State(models.TextChoices):
        WAITING = "waiting"
        SAMPLED = "sampled"
        RELEASED = "released"
        POSITIVE = "positive"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="recalls")
    tube = models.TextField()
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="recalls")
    area = models.BigIntegerField()
    because = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "tube", "person"], name="recall_once"),
        )
        indexes = (models.Index(fields=["area", "state"]),)

    def __str__(self) -> str:
        return str(self.id)


class Absence(models.Model):
    """Why somebody was not tested in a round: the word that holds of all `Visit`s. ``came`` says
    that he was at a table, which no record shows; `until` when somebody who is away comes back."""

    record: ClassVar = Record(
        holds="why a person was not tested (away, refused, exempt, immobile)",
        why="who is missing is known by door",
        goes="specimens",
        scope=Scope(place="area", person="person_id"),
    )

    class Outcome(models.TextChoices):
        AWAY = "away"
        REFUSED = "refused"
        EXEMPT = "exempt"
        HOME_VISIT = "home_visit"
        NOT_FOUND = "not_found"
        CAME = "came"
        MOVED = "moved"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="absences")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="absences")
    area = models.BigIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    rule = models.CharField(max_length=32, blank=True)
    until = models.DateField(null=True)
    note = models.TextField(blank=True)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "person"], name="absence_once"),)

    def __str__(self) -> str:
        return str(self.id)


class SecondCall(models.Model):
    """A door was called again in a round, because somebody behind it had not come. `batch`: the
    doors that were marked together."""

    record: ClassVar = Record(
        holds="which doors were called a second time; no names",
        why="nobody is called three times, nobody is forgotten",
        goes="specimens",
        scope=Scope(place="area"),
    )

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="second_calls")
    door = models.ForeignKey("communities.Place", models.CASCADE, related_name="+")
    area = models.BigIntegerField()
    batch = models.UUIDField(db_index=True)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["round", "door"], name="second_call_of"),)

    def __str__(self) -> str:
        return str(self.id)
