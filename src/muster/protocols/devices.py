"""What a phone shows with every batch it sends."""

import base64
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from muster.kernel.errors import Refused


class DeviceRefused(Refused):
    """This phone is not enrolled. Enrol it again with a code from the desk."""

    code = "device_refused"


class DeviceRevoked(Refused):
    """This phone was revoked or its time is over. What it has not sent is held; it gets no roll."""

    code = "device_revoked"


@dataclass(frozen=True, slots=True)
class DeviceToken:
    """What a phone shows with every batch: which device, of which community, and its secret."""

    device: UUID
    area: int
    secret: bytes

    def text(self) -> str:
        """The header value."""
        raw = self.device.bytes + self.area.to_bytes(8, "big") + self.secret
        return base64.urlsafe_b64encode(raw).decode()

    @classmethod
    def parse(cls, text: str) -> "DeviceToken":
        """Raises `DeviceRefused`."""
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii", "strict"))
        except ValueError as error:
            raise DeviceRefused from error
        if len(raw) != 48:
            raise DeviceRefused
        return cls(UUID(bytes=raw[:16]), int.from_bytes(raw[16:24], "big"), raw[24:])

    @property
    def hash(self) -> bytes:
        """What the server keeps."""
        return sha256(self.secret).digest()
