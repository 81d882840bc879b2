"""Every name in the queue resolves; `muster.project.wsgi` serves it all."""

import re
from importlib import import_module
from pathlib import Path

from procrastinate import App
from procrastinate.contrib.django import app

from muster.project.jobs import TASKS, on_ready

SRC = Path(__file__).parents[2] / "src" / "muster"


def test_every_task_that_an_action_defers_exists() -> None:
    deferred = {
        name
        for path in SRC.rglob("actions*.py")
        for name in re.findall(r'configure_task\(\s*"([^"]+)"', path.read_text("utf-8"))
    }
    assert deferred == {"notices.deliver"}
    for module in TASKS:
        import_module(module)
    assert deferred <= app.tasks.keys()


def test_what_runs_by_the_clock_is_a_task() -> None:
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert "people.end_expired_accounts" in periodic
    assert periodic <= app.tasks.keys()


def test_every_module_with_tasks_is_listed() -> None:
    found = {
        "muster." + ".".join(p.relative_to(SRC).with_suffix("").parts)
        for p in SRC.glob("apps/*/tasks.py")
    }
    assert found == set(TASKS)
    fresh = App(connector=app.connector)
    on_ready(fresh)
    assert set(TASKS) <= set(fresh.import_paths)


def test_the_application_that_is_served() -> None:
    from django.core.handlers.wsgi import WSGIHandler

    from muster.project.wsgi import application

    assert isinstance(application, WSGIHandler)
