"""What can go wrong with other people's services."""

from muster.kernel.errors import MusterError


class ChannelUnknown(MusterError):
    """There is no channel called {name}. Set it in MUSTER_CHANNELS."""

    code = "channel_unknown"
