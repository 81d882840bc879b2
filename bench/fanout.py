"""A call to 2,300 organisations and 40,000 people: sent down and delivered to a recording gateway,
killed in the middle and resumed."""

import tempfile
import time

from bench import stand

DIES_AFTER = 20
"""Batches."""


def run() -> list[tuple[str, float, str, float | None]]:
    """Seconds from the order to the last delivery, and what a crash cost."""
    stage = stand.city()
    from pathlib import Path

    from muster.apps.audit.actions import act_as, as_system
    from muster.apps.calls.actions import issue_call
    from muster.apps.notices.actions import deliver
    from muster.apps.notices.queries import notice_about, reach_of_notice
    from muster.apps.people.queries.organisations import organisations
    from muster.gateways.channels import Message, RecordingChannel

    class Dies(RecordingChannel):
        """Records, and dies after some batches without saying so to the sender."""

        batches = 0

        def send(self, messages: list[Message]) -> dict[object, str]:
            answer = super().send(messages)
            self.batches += 1
            if self.batches == DIES_AFTER:
                raise ConnectionResetError
            return answer

    path = Path(tempfile.gettempdir()) / "muster-bench-outbox.sqlite"
    path.unlink(missing_ok=True)
    began = time.perf_counter()
    with act_as(stage.actors["headquarters"]):
        call = issue_call(
            number="fan-out", title="动员令", body="请报到", area=stage.community,
            root=organisations().get(parent=None).id, need={"recorder": 17},
        )  # fmt: skip
        notice = notice_about(call.id)
    assert notice is not None
    try:
        deliver(notice_id=notice.id, channel=Dies(path))
    except ConnectionResetError:
        deliver(notice_id=notice.id, channel=RecordingChannel(path))
    took = time.perf_counter() - began
    with as_system("bench"):
        reach = reach_of_notice(notice.id)
    recorded = RecordingChannel(path).count()
    return [
        ("call to 2,300 bodies and 40,000 people, killed once", took, "s", 60),
        ("delivered", reach.sent, "messages", None),
        ("holes or doubles", abs(reach.sent - recorded) + reach.waiting, "messages", 0),
    ]
