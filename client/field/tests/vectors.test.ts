// Cases that Python and TypeScript must decide alike (tests/protocols).

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCode, type CodeKey } from "../engine/codes";
import { RecordedFilter } from "../engine/filter";
import { judgeRecord, type Facts } from "../engine/judge";
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
