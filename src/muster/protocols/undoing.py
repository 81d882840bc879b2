"""Whether a decision of the desk may still be taken back."""

from dataclasses import dataclass

from muster.protocols.decisions import Decision, allow, refuse


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened since a decision. `ended`: ``undone`` or ``replaced``, empty while it
    stands. changed: what it was about, or the record that counts in its place, is not as it left
    it; closed: its tube is not. resulted: its tube has its result. recalled: somebody was called.
    """

    ended: str = ""
    changed: bool = False
    closed: bool = False
    resulted: bool = False
    recalled: bool = False


def may_undo(since: Since) -> Decision:
    """At any time, until somebody relies on it or has decided otherwise."""
    if since.ended == "undone":
        return refuse("decision_taken_back")
    if since.ended or since.changed:
        return refuse("decided_since")
    for happened, code in (
        (since.closed, "closed_since"),
        (since.resulted, "resulted_since"),
        (since.recalled, "recalled_since"),
    ):
        if happened:
            return refuse(code)
    return allow()
