"""Words of a batch against which nothing speaks, all of them in a handful of statements.

What somebody was faster with meanwhile, what a word before it in the batch has done, a positive:
that is for `following`, one word after the other. Of two pairs at one door without a network, the
second one's lot is plain too. The plain ones are booked first: where a store runs out, that is the
order in which the ledger says what was missing."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from muster.apps.audit.actions import write_lines
from muster.apps.kits.actions.following import tell_second, weigh
from muster.apps.kits.actions.stock import LotOut, book_many
from muster.apps.kits.models import KitIssue, KitResult, KitWord, Series, StockMovement
from muster.apps.kits.queries.batches import Known, known_of
from muster.apps.kits.queries.phones import names_of_senders
from muster.apps.kits.queries.series import facts_of, rule_of, today
from muster.kernel import clock
from muster.protocols.kit_words import Kind
from muster.protocols.kits import WHOLE, may_report


def take_plain(series: Series, words: Sequence[KitWord]) -> set[UUID]:
    """Do what is plain of these accepted issues and results, and write into them what became of
    it; their ids. The words are not saved."""
    if not words:
        return set()
    known = known_of(series, words)
    issues = _issues(series, [w for w in words if w.kind == Kind.ISSUE], known)
    return issues | _results(series, [w for w in words if w.kind == Kind.RESULT], known)


def _issues(series: Series, words: Sequence[KitWord], known: Known) -> set[UUID]:
    facts, seen = facts_of(series), set[tuple[int, int]]()
    first: list[KitWord] = []
    second: list[tuple[KitWord, KitIssue]] = []
    for word in words:
        at = (word.door or 0, facts.issue_day(word.day or WHOLE))
        fit = word.store in known.stores and word.id not in known.taken and known.behind[at[0]]
        if at in seen:  # whatever became of the word before it, this one comes after it
            continue
        seen.add(at)
        if not fit or (facts.daily and word.day not in facts.days):
            continue
        given = known.issues.get(at) or known.issues.get((at[0], WHOLE))
        word.day = at[1]
        if given is None:
            first.append(word)
        else:
            second.append((word, given))
    made = _insert(series, first, known)
    _book([(w, made[w.id]) for w in first if w.id in made], second)
    for word in first:
        if word.id in made:
            weigh(word, facts, made[word.id].residents)
    names = names_of_senders({given.by for _, given in second}) if second else {}
    for word, given in second:
        tell_second(word, given, names)
    return set(made) | {word.id for word, _ in second}


def _insert(series: Series, words: Iterable[KitWord], known: Known) -> dict[UUID, KitIssue]:
    """The issues by their ids; without those at whose door somebody else was faster this moment."""
    rows = [
        KitIssue(
            id=w.id, series=series, area=series.area, door_id=w.door or 0, day=w.day or WHOLE,
            residents=len(known.behind[w.door or 0]), kits=w.kits or 0, at=clock.now(), by=w.by,
        )
        for w in words
    ]  # fmt: skip
    if not rows:
        return {}
    KitIssue.objects.bulk_create(rows, ignore_conflicts=True)
    ids = set(KitIssue.objects.filter(id__in=[r.id for r in rows]).values_list("id", flat=True))
    return {r.id: r for r in rows if r.id in ids}


def _book(
    first: Iterable[tuple[KitWord, KitIssue]], second: Iterable[tuple[KitWord, KitIssue]]
) -> None:
    kinds = StockMovement.Kind
    out = [LotOut(w, i, kinds.ISSUED) for w, i in first]
    out += [LotOut(w, i, kinds.DOUBLE) for w, i in second]
    book_many(sorted(out, key=lambda each: each.word.id))


def _results(series: Series, words: Sequence[KitWord], known: Known) -> set[UUID]:
    facts, kinds, on = facts_of(series), {k.key: k for k in rule_of(series).results}, today()
    seen = set(known.results)
    rows: dict[UUID, KitResult] = {}
    for word in words:
        person, day, kind = word.person, word.day, kinds.get(word.value)
        if person is None or day is None or kind is None or (person, day) in seen:
            continue
        seen.add((person, day))
        here = person in known.behind[word.door or 0] and word.id not in known.taken
        if here and not kind.recall and may_report(facts, day=day, today=on):
            rows[word.id] = _result(series, word, person, day)
    if not rows:
        return set()
    KitResult.objects.bulk_create(rows.values(), ignore_conflicts=True)
    ids = set(KitResult.objects.filter(id__in=list(rows)).values_list("id", flat=True))
    for word in words:
        if word.id in ids:
            word.before = {"kept_at": rows[word.id].at.isoformat(), "value": ""}
    source = KitResult.Source.DOOR.value
    kept = ((id_, {"day": rows[id_].day, "source": source}) for id_ in sorted(ids))
    write_lines(action="kit_result_kept", area=series.area, lines=kept)
    return ids


def _result(series: Series, word: KitWord, person: UUID, day: int) -> KitResult:
    return KitResult(
        id=word.id, series=series, area=series.area, person_id=person, door_id=word.door or 0,
        day=day, value=word.value, source=KitResult.Source.DOOR, at=clock.now(), by=word.by,
    )  # fmt: skip
