"""What can go wrong with a station roster."""

from muster.kernel.errors import Invalid, MusterError


class BadInstance(Invalid):
    """The instance does not hold together: {reason}"""

    code = "station_instance_invalid"


class BadRoster(Invalid):
    """This is not a roster for that instance: {reason}"""

    code = "station_roster_invalid"


class NoSchedule(Invalid):
    """No schedule keeps all rules for: {reason}"""

    code = "station_no_schedule"


class RosterBroken(MusterError):
    """The solver broke the rule {rule} ({count} times); its roster was thrown away."""

    code = "station_roster_broken"
