"""What a search tells on its way, and how it is stopped."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from muster.planner.city.incumbent import Incumbent

Report = Callable[[Incumbent], None]


@dataclass(frozen=True, slots=True)
class Watch:
    """`report` is told of each better plan or bound, from any thread; `stop` ends the search soon
    with the best so far."""

    report: Report | None = None
    stop: threading.Event | None = None
