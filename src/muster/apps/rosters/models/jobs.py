"""The planner at work as a job, whatever it searches for."""

from django.db import models

from muster.kernel.ids import new_id


class PlannerJob(models.Model):
    """How far a search is, how good, and whether it was told to stop. `seconds` asked for, `spent`
    so far; `cost`, `bound`: of the best so far; `problem`: code of the refusal that ended it;
    `account`: of whoever asked; `told_at`: when it last gave a sign of life."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        STOPPING = "stopping"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    seconds = models.FloatField()
    spent = models.FloatField(default=0)
    cost = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    problem = models.TextField(blank=True)
    account = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    told_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)
