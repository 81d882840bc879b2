// Cases that Python and TypeScript must decide alike (tests/protocols).

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCode, type CodeKey } from "../engine/codes";
import { RecordedFilter } from "../engine/filter";
import { judgeRecord, type Facts } from "../engine/judge";
import {
  cityTime, dayOn, dayState, doorDecision, inHand, resultDecision, valueOf, type Had, type KitWord, type ResultKind, type SeriesFacts,
} from "../engine/kits";
import { finding, type Word } from "../engine/visits";
import { codeFits, full, left, underfilled } from "../engine/tubes";

function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../vectors/${name}.json`, import.meta.url), "utf-8")) as T;
}

interface CodeCase {
  what: string; text: string; verdict: string; kind: string; persons: string[]; expires: number;
}
const codes = vectors<{ now: number; keys: CodeKey[]; cases: CodeCase[] }>("codes");
describe("residents' codes", () => {
  it.each(codes.cases)("$what", async ({ text, verdict, kind, persons, expires }) => {
    expect(await readCode(text, codes.keys, codes.now)).toEqual({ verdict, kind, persons, expires });
  });
});

const filter = vectors<{
  salt: string; recorded: [string, number][]; entries: string; absent: string[]; empty: { entries: string };
}>("filter");
describe("the filter", () => {
  it("finds who is in it with his table", async () => {
    const known = new RecordedFilter(filter);
    for (const [person, table] of filter.recorded) expect(await known.tableOf(person)).toBe(table);
    for (const person of filter.absent) expect(await known.tableOf(person)).toBeNull();
  });
  it("knows nobody when it is empty", async () => {
    const empty = new RecordedFilter({ salt: filter.salt, entries: filter.empty.entries });
    expect(await empty.tableOf(filter.absent[0]!)).toBeNull();
  });
});

interface RecordCase {
  what: string; facts: Facts; outcome: string; code: string; detail: string; notes: string[];
}
const records = vectors<{ pattern: string; cases: RecordCase[] }>("records");
describe("a record", () => {
  it.each(records.cases)("$what", ({ facts, outcome, code, detail, notes }) => {
    expect(judgeRecord(facts, records.pattern)).toEqual({ outcome, code, detail, notes });
  });
});

const tubes = vectors<{
  pattern: string; codes: [string, boolean][];
  states: { size: number; held: number; full: boolean; left: number; underfilled: boolean }[];
}>("tubes");
describe("a tube", () => {
  it.each(tubes.codes)("%j fits: %s", (code, fits) => expect(codeFits(code, tubes.pattern)).toBe(fits));
  it.each(tubes.states)("$held of $size", (state) => {
    expect([full(state), left(state), underfilled(state)]).toEqual([state.full, state.left, state.underfilled]);
  });
});

const visits = vectors<{ cases: { what: string; words: Word[]; holds: string | null }[] }>("visits");
describe("what was said at a door", () => {
  it.each(visits.cases)("$what", ({ words, holds }) => {
    expect(finding(words)?.id ?? null).toBe(holds);
    expect(finding([...words].reverse())?.id ?? null).toBe(holds);
  });
});

const kits = vectors<{
  late_hour: number; zone_minutes: number; series: SeriesFacts; kinds: ResultKind[];
  doors: {
    what: string; series: SeriesFacts; door: number; day: number; residents: number; had: Had[]; words: KitWord[];
    decision: string; kits: number | null; by: string | null; issue: string | null;
  }[];
  hand: { what: string; counted: number; since: string; words: KitWord[]; left: number }[];
  states: { day: number; result: string; now: string; held: boolean; state: string }[];
  today: { now: string; today: string; day: number }[];
  results: { what: string; day: number; today: string; told: string; words: KitWord[]; new: string; decision: string; known: string }[];
}>("kits");
const orders = <T>(of: T[]): T[][] => [of, [...of].reverse()];
describe("kits at a door", () => {
  it.each(kits.doors)("$what", (c) => {
    for (const words of orders(c.words)) {
      const decision = doorDecision(c.series, c.day, c.residents, c.had, words, c.door);
      expect([decision.code, decision.kits || null, decision.had?.by ?? null, decision.had?.id ?? null]).toEqual(
        [c.decision, c.kits, c.by, c.issue],
      );
    }
  });
  it.each(kits.hand)("in the hand: $what", ({ counted, since, words, left }) => {
    for (const order of orders(words)) expect(inHand(counted, since, order)).toBe(left);
  });
  it.each(kits.results)("a result: $what", ({ day, today, told, words, new: value, decision, known }) => {
    for (const order of orders(words)) {
      expect(valueOf("p", day, told, order)).toBe(known);
      expect(resultDecision(kits.kinds, kits.series, day, today, known, value)).toBe(decision);
    }
  });
  it.each(kits.states)("day $day, $result at $now: $state", ({ day, result, now, held, state }) => {
    const at = cityTime(Date.parse(now), kits.zone_minutes);
    expect(dayState(kits.kinds, kits.series, day, result, held, at, kits.late_hour)).toBe(state);
  });
  it.each(kits.today)("$now is day $day", ({ now, today, day }) => {
    expect(cityTime(Date.parse(now), kits.zone_minutes).today).toBe(today);
    expect(dayOn(kits.series, today)).toBe(day);
  });
});
