"""`muster.apps.communities.tasks` is known to the queue by its name."""

from muster.apps.communities.tasks import take_in
from muster.project.jobs import TASKS


def test_the_task_has_its_name_and_its_module_is_loaded() -> None:
    assert take_in.name == "communities.take_in"
    assert take_in.func.__module__ in TASKS
