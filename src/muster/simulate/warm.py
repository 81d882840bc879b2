"""Compile the simulation before anybody waits for it: `python -m muster.simulate.warm`.

What is compiled is kept on disk beside the modules; this runs once, at set-up.
"""

import sys

import numpy as np

from muster.policies import load, names
from muster.simulate.queueing import serve
from muster.simulate.rehearsal import rehearse
from muster.simulate.round import Call, Round, Site, Table, manner_of


def warm() -> float:
    """One person at one table; when the swab is done, minutes."""
    serve(np.zeros(1), np.ones(1), 1)
    site = Site("site", (Table(1, 1, 1),))
    round_ = Round((site,), (Call(0, 0.0, 1, 1),), manner_of(load(names()[0])))
    return rehearse(round_, runs=1).finish.median


if __name__ == "__main__":
    warm()
    sys.stdout.write("simulation compiled\n")
