"""Builds the small city, committed, in the database that the environment names; prints what a
phone needs. A program of its own, because this process has its own database: `python -m
tests.faults.city`."""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.project.settings.dev")


def main() -> None:
    """Prepare, build, open a round, print tokens and residents as JSON."""
    from muster.project import database

    database.prepare()
    from muster.apps.audit.actions import act_as, as_system
    from tests.support.city import build_city, open_small_round

    with as_system("kill test"):
        city = build_city()
    with act_as(city.secretary):
        opened = open_small_round(city)
    told = {"tokens": opened.tokens, "people": [str(p) for p in city.residents]}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
