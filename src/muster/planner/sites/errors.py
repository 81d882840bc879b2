"""What can be wrong with a siting."""

from muster.kernel.errors import Invalid


class BadSites(Invalid):
    """The sites cannot be placed: {reason}"""

    code = "sites_invalid"


class BadGraph(Invalid):
    """This is not a p-median graph: {reason}"""

    code = "sites_graph_invalid"
