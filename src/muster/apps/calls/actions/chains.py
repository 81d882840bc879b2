"""A pasted chain becomes sign-ups; what cannot be decided waits for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import as_system, current_actor, write_line
from muster.apps.calls.actions.signups import NewSignUp, sign_up, withdraw
from muster.apps.calls.errors import EntrySettled
from muster.apps.calls.models import ChainEntry, ChainVersion, SignUp
from muster.apps.communities.queries.doors import person_at_door
from muster.apps.people.errors import NameMissing
from muster.apps.people.queries.access import require
from muster.intake.chains import Chain, Entry, compare, read_chains
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.phones import mobile

BLOCKING = {"ambiguous", "duplicate_name", "unparsed"}
"""Flags that a person has to settle before an entry becomes a sign-up."""

HEARD = {
    "recorder": ("recorder",),
    "guide": ("order", "guide"),
    "transport": ("runner",),
    "carrier": ("supplies",),
    "medicine": ("supplies",),
    "patrol": ("patroller",),
    "tracing": ("investigator",),
    "sampling": ("sampler",),
    "disinfection": ("prevention",),
    "door_to_door": ("prevention",),
    "gate": ("prevention",),
    "antigen": ("prevention",),
    "any": (),
}
"""What a word in a chain (SCHEMA A8) means as front-line roles; nothing = wherever needed."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a paste: sign-ups, entries that wait, and what changed since the last paste
    of the same chain."""

    versions: tuple[ChainVersion, ...]
    taken: int
    waiting: int
    added: int
    changed: int
    withdrawn: int
    same: bool


def paste_chain(*, call: UUID, area: int, text: str) -> Pasted:
    """Read pasted text; every entry is kept. The same text again changes nothing; a later paste of
    the same chain (title) brings it up to date.

    Raises `NotAllowed`.
    """
    require(Verb.SETTLE_DOUBTS, place=area)
    chains = read_chains(text).chains
    totals = {"taken": 0, "waiting": 0, "added": 0, "changed": 0, "withdrawn": 0}
    versions, same = [], True
    for chain in chains:
        version, fresh = _keep(call, area, chain)
        versions.append(version)
        same = same and not fresh
        if fresh:
            for key, value in _take(version, chain).items():
                totals[key] += value
    return Pasted(tuple(versions), same=same, **totals)


def _keep(call: UUID, area: int, chain: Chain) -> tuple[ChainVersion, bool]:
    text = "\n".join([chain.title or "", *(e.raw for e in chain.entries), chain.tail or ""])
    digest = sha256(text.encode()).digest()
    known = ChainVersion.objects.filter(area=area, call=call, digest=digest).first()
    if known is not None:
        return known, False
    key = "".join((chain.title or "").split())[:80]
    version = ChainVersion.objects.create(
        call_id=call,
        area=area,
        title=chain.title or "",
        title_key=key,
        text=text,
        digest=digest,
        pasted_by=current_actor().name,
        pasted_at=clock.now(),
    )
    return version, True


def _take(version: ChainVersion, chain: Chain) -> dict[str, int]:
    before = (
        ChainVersion.objects.filter(
            area=version.area, call=version.call_id, title_key=version.title_key,
            pasted_at__lt=version.pasted_at,
        ).order_by("-pasted_at").first()
    )  # fmt: skip
    settled = _settled_before(before)
    counts = {"taken": 0, "waiting": 0, "added": len(chain.entries), "changed": 0, "withdrawn": 0}
    if before is not None:
        older = read_chains(before.text).chains
        if older:
            difference = compare(older[0], chain)
            counts |= {
                "added": len(difference.added),
                "changed": len(difference.changed),
                "withdrawn": len(difference.withdrawn),
            }
    for ordinal, entry in enumerate(chain.entries):
        state = _enter(version, ordinal, entry, settled)
        counts["taken"] += state == ChainEntry.State.TAKEN
        counts["waiting"] += state == ChainEntry.State.WAITING
    version.counts = counts
    version.save(update_fields=["counts"])
    write_line(action="chain_pasted", area=version.area, subject=version.id, counts=counts)
    return counts


def _settled_before(before: ChainVersion | None) -> dict[str, ChainEntry]:
    """What a person has settled of this chain is remembered by the entry's own text."""
    if before is None:
        return {}
    done = (ChainEntry.State.SETTLED, ChainEntry.State.DISMISSED, ChainEntry.State.TAKEN)
    rows = ChainEntry.objects.filter(version=before, state__in=done)
    return {"".join(r.raw.split()): r for r in rows}


def _enter(
    version: ChainVersion, ordinal: int, entry: Entry, settled: Mapping[str, ChainEntry]
) -> str:
    known = settled.get("".join(entry.raw.split()))
    row = ChainEntry(
        version=version,
        area=version.area,
        no=entry.no,
        ordinal=ordinal,
        raw=entry.raw,
        fields=entry.to_json(),
        flags=entry.flags,
        state=ChainEntry.State.WAITING,
    )
    if known is not None:
        row.state, row.signup_id = known.state, known.signup_id
    elif entry.is_placeholder or entry.cancelled:
        row.state = ChainEntry.State.DISMISSED
    elif not BLOCKING & set(entry.flags):
        row.signup = _sign_up(version, row.fields)
        row.state = ChainEntry.State.TAKEN if row.signup else ChainEntry.State.WAITING
        if row.signup is None:
            row.flags = sorted({*row.flags, "phone_missing"})
    row.save()
    return row.state


def _sign_up(version: ChainVersion, fields: Mapping[str, Any]) -> SignUp | None:
    """A sign-up, if the entry says who: a phone, or a door where somebody of that name lives."""
    name, phones = fields.get("name") or "", fields.get("phones") or []
    person = None
    if not phones and fields.get("house") and name:
        with as_system("chain"):
            person, number = person_at_door(version.area, name, fields["house"])
            phones = [number] if number else []
    mobiles = [p for p in phones if p.isdigit() and len(p) == 11]
    if not name or not mobiles:
        return None
    return sign_up(
        call=version.call_id,  # type: ignore[arg-type] # a version of a sign-up chain has its call
        area=version.area,
        new=NewSignUp(
            name=name,
            phone=mobiles[0],
            roles=_roles(fields.get("roles") or []),
            skills=fields.get("skills") or (),
            availability=fields.get("availability") or (),
            party_member=fields.get("party_member"),
            note=fields.get("note") or "",
            source=SignUp.Source.CHAIN,
            house=fields.get("house"),
            person=person,
        ),
    )


def _roles(heard: Sequence[str]) -> list[str]:
    """Front-line roles for the words of a chain, in the order they were said."""
    if "any" in heard:
        return []
    return list(dict.fromkeys(role for word in heard for role in HEARD.get(word, ())))


def settle_entry(*, entry: UUID, name: str, phone: str, take: bool = True) -> ChainEntry:
    """A person decides: this is who signed up, or (`take` false) nobody did.

    Raises `EntrySettled`, `NotAllowed`, `PhoneMalformed`, `NameMissing`.
    """
    row = ChainEntry.objects.select_for_update().select_related("version").filter(id=entry).first()
    if row is None or row.state != ChainEntry.State.WAITING:
        raise EntrySettled(reason="")
    require(Verb.SETTLE_DOUBTS, place=row.area)
    if not take:
        row.state = ChainEntry.State.DISMISSED
    else:
        fields = {**row.fields, "name": name.strip(), "phones": [mobile(phone)]}
        if not name.strip():
            raise NameMissing(reason="")
        row.signup = _sign_up(row.version, fields)
        row.state = ChainEntry.State.SETTLED
    row.save(update_fields=["state", "signup"])
    write_line(action="entry_settled", area=row.area, subject=entry, state=row.state)
    return row


def reopen_entry(*, entry: UUID) -> ChainEntry:
    """Undo: the entry waits again; its sign-up, if it had one, is withdrawn.

    Raises `EntrySettled`, `NotAllowed`.
    """
    row = ChainEntry.objects.select_for_update().filter(id=entry).first()
    if row is None:
        raise EntrySettled(reason="")
    require(Verb.SETTLE_DOUBTS, place=row.area)
    if row.signup_id is not None:
        withdraw(signup=row.signup_id)
    row.state, row.signup = ChainEntry.State.WAITING, None
    row.save(update_fields=["state", "signup"])
    write_line(action="entry_reopened", area=row.area, subject=entry)
    return row
