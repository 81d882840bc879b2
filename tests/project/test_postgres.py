"""Two processes may meet an empty data directory at the same moment; both find the database."""

import os
import subprocess
import sys
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from muster.project.env import read
from muster.project.postgres import connections

MEET = """
import psycopg
from muster.project import env as environment
from muster.project.postgres import connections, ensure_database, start_embedded
env = environment.read()
start_embedded(env)
where = connections(env)
ensure_database(env, where)
with psycopg.connect(where.web) as c:
    for _ in range(200):
        c.execute("SELECT 1")
    print(c.execute("SHOW jit").fetchone()[0])
"""


def test_two_processes_start_on_an_empty_directory(tmp_path: Path) -> None:
    data = tmp_path / "d"
    data.mkdir()
    environ = {**os.environ, "MUSTER_DATA": str(data), "DATABASE_URL": ""}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", MEET],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert [out.strip() for out, _ in said] == ["off", "off"]


def test_the_two_roles_share_a_database() -> None:
    where = connections(read())
    owner, web = conninfo_to_dict(where.owner), conninfo_to_dict(where.web)
    assert owner["dbname"] == web["dbname"]
    assert owner["user"] != web["user"] == "muster_web"
