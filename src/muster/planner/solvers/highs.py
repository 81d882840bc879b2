"""HiGHS as every solver here uses it."""

import highspy


class QuietHighs(highspy.Highs):  # type: ignore[misc]
    """HiGHS without its banner, on one thread, and one that another thread may stop.

    The threads of HiGHS are the whole process's: the first that runs decides how many there are,
    and whoever asks for another number later fails. So all ask for the same.
    """

    def enableCallbacks(self) -> None:  # noqa: N802 -- the first thing its constructor calls
        self.silent()
        super().enableCallbacks()

    def __init__(self) -> None:
        super().__init__()
        self.HandleUserInterrupt = True
        self.setOptionValue("threads", 1)
        self.setOptionValue("parallel", "off")
