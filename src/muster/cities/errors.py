"""What can be wrong with a city's data."""

from muster.kernel.errors import Invalid, NotFound


class UnknownCity(NotFound):
    """There is no city "{name}". Known are: {known}."""

    code = "city_unknown"


class BadCity(Invalid):
    """City "{name}", file {file}: {reason}"""

    code = "city_invalid"
