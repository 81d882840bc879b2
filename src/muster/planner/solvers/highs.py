"""HiGHS as every solver here uses it."""

import highspy


class QuietHighs(highspy.Highs):  # type: ignore[misc]
    """HiGHS without its banner, and one that another thread may stop."""

    def enableCallbacks(self) -> None:  # noqa: N802 -- the first thing its constructor calls
        self.silent()
        super().enableCallbacks()

    def __init__(self) -> None:
        super().__init__()
        self.HandleUserInterrupt = True
