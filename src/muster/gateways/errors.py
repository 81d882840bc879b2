"""What can go wrong with other people's services."""

from muster.kernel.errors import Invalid, MusterError


class ChannelUnknown(MusterError):
    """There is no channel called {name}. Set it in MUSTER_CHANNELS."""

    code = "channel_unknown"


class BundleUnreadable(Invalid):
    """The FHIR bundle cannot be read: {reason}. Nothing of it was taken."""

    code = "bundle_unreadable"
