import { describe, expect, it } from "vitest";
import { batchOf, byId } from "../engine/outbox";
import { Lane, type Outcome } from "../engine/lane";
import { Ledger } from "../engine/ledger";
import { fromTop, renewed, Walk, type Door, type WalkRow } from "../engine/walk";
import { id, PATTERN, tube } from "./at_work";

/** Two people a door: 3-1-101, 3-1-102, … */
function rows(count: number, said: Record<number, string> = {}): WalkRow[] {
  return Array.from({ length: count }, (_, i): WalkRow => [
    id(i), `王${i}`, `w${i}`, `3-1-${101 + Math.floor(i / 2)}`, 900 + Math.floor(i / 2), `1390000${1000 + i}`, 1950,
    said[i] ?? "", "", null, "", "",
  ]);
}

class Walking {
  readonly ledger = new Ledger();
  walk: Walk;
  constructor(public list: WalkRow[], readonly swabs = false) {
    this.walk = new Walk(this.ledger, list, swabs);
  }
  take(outcome: Outcome | null): Outcome | null {
    if (outcome) this.ledger.take(outcome.items);
    return outcome;
  }
  states(tables?: Map<string, number>): string[] {
    return this.walk.doors(tables).flatMap((d) => d.people.map((p) => p.state));
  }
}

describe("a walk", () => {
  it("counts doors, and goes to the next where somebody is missing", () => {
    const at = new Walking(rows(6, { 2: "refused", 3: "away" }));
    let doors = at.walk.doors();
    expect(doors.map((d) => [d.label, d.left])).toEqual([["3-1-101", 2], ["3-1-102", 0], ["3-1-103", 2]]);
    expect(at.walk.counts(doors)).toEqual({ doors: 3, left: 2, again: 0, done: 1 });
    expect(at.walk.next(doors, null)?.label).toBe("3-1-101");
    expect(at.walk.next(doors, 900)?.label).toBe("3-1-103");
    expect(at.take(at.walk.note(id(0), "away", { until: "2022-04-09" }))?.code).toBe("found_away");
    at.take(at.walk.note(id(1), "refused"));
    doors = at.walk.doors();
    expect(at.walk.next(doors, 902)?.label).toBe("3-1-103");
    expect(at.take(at.walk.nobody(doors[2]!))?.items).toHaveLength(2);
    doors = at.walk.doors();
    expect(at.walk.counts(doors)).toEqual({ doors: 3, left: 0, again: 1, done: 2 });
    expect(at.walk.next(doors, 900)?.label).toBe("3-1-103");
    expect(at.walk.nobody(doors[2]!).code).toBe("nobody_left");
    expect(doors[0]!.people[0]).toMatchObject({ state: "away", until: "2022-04-09", own: true, sent: false });
  });

  it("takes back the last, a whole door at once, and falls back to what was said before", () => {
    const at = new Walking(rows(4, { 0: "home_visit" }));
    expect(at.walk.undo()).toBeNull();
    at.take(at.walk.note(id(0), "refused"));
    at.take(at.walk.note(id(0), "moved"));
    at.take(at.walk.nobody(at.walk.doors()[1]!));
    expect(at.states()).toEqual(["moved", "", "not_found", "not_found"]);
    expect(at.take(at.walk.undo())?.items).toHaveLength(2);
    expect(at.states()).toEqual(["moved", "", "", ""]);
    at.take(at.walk.undo());
    expect(at.states()[0]).toBe("refused");
    at.take(at.walk.undo());
    expect(at.states()[0]).toBe("home_visit");
    expect(at.walk.undo()).toBeNull();
  });

  it("is the same after a restart, whatever the order", () => {
    const at = new Walking(rows(4));
    at.take(at.walk.note(id(0), "refused"));
    at.take(at.walk.undo());
    at.take(at.walk.note(id(1), "moved"));
    const again = new Ledger();
    again.take(Array.from(at.ledger.items.values()).sort(byId).reverse());
    expect(new Walk(again, rows(4), false).doors()).toEqual(at.walk.doors());
    expect(again.unsent).toBe(3);
    expect(batchOf(again.pending()).visits?.map((v) => v.outcome)).toEqual(["refused", "undo", "moved"]);
  });

  it("passes by who was swabbed here or recorded at a table", () => {
    const at = new Walking(rows(4), true);
    const lane = new Lane(at.ledger, at.walk.people, { pattern: PATTERN, table: 5, size: 1, closed: false });
    lane.take(lane.openTube(tube(1)));
    lane.take(lane.record({ person: id(0), name: "王0", door: "3-1-101" }, { elsewhere: null }));
    expect(lane.hand).toBeNull();
    const [first, second] = at.walk.doors(new Map([[id(2), 7]]));
    expect(first!.people.map((p) => [p.state, p.left])).toEqual([["tested", false], ["", true]]);
    expect(second!.people[0]).toMatchObject({ state: "tested", table: 7, left: false, own: false });
    expect(new Walking(rows(2, { 0: "home_visit" }), true).walk.doors()[0]!.left).toBe(2);
    expect(new Walking(rows(2, { 0: "home_visit" })).walk.doors()[0]!.left).toBe(1);
  });

  it("goes each stair from the top down, stair after stair", () => {
    const doors = (...labels: string[]): Door[] => labels.map((label, place) => ({ label, place, people: [], left: 1 }));
    const turned = (...labels: string[]): string[] => fromTop(doors(...labels)).map((d) => d.label);
    expect(turned("3-1-101", "3-1-102", "3-1-201", "3-2-101", "3-2-1201", "10-1-101")).toEqual(
      ["3-1-201", "3-1-102", "3-1-101", "3-2-1201", "3-2-101", "10-1-101"],
    );
    expect(turned("3-101", "3-201", "4-101")).toEqual(["3-201", "3-101", "4-101"]);
    expect(turned("3-1-2-201", "3-1-3-301")).toEqual(["3-1-3-301", "3-1-2-201"]);
    expect(turned()).toEqual([]);
    const at = new Walking(rows(6));
    const down = fromTop(at.walk.doors());
    expect(at.walk.next(down, null)?.label).toBe("3-1-103");
    expect(at.walk.next(down, down[0]!.place)?.label).toBe("3-1-102");
  });

  it("shows what the server answered", () => {
    const at = new Walking(rows(2));
    const item = at.take(at.walk.note(id(0), "came"))!.items[0]!;
    at.ledger.settle([{ id: item.id, state: "flagged", code: "person_already_recorded", received_at: "" }]);
    expect(at.walk.doors()[0]!.people[0]).toMatchObject({ state: "came", sent: true, code: "person_already_recorded" });
    expect(at.ledger.doubtful()).toEqual([]);
  });

  it("finds by door, name, initials and phone", () => {
    const at = new Walking(rows(6));
    for (const asked of ["王5", "w5", "1005"]) expect(at.walk.people.search(asked)[0]?.id).toBe(id(5));
    expect(at.walk.people.search("103").map((p) => p.id)).toEqual([id(4), id(5)]);
    expect(at.walk.note("nobody", "away").tone).toBe("refuse");
  });

  it("keeps who dropped out of a list that came anew, and puts who is new at his door", () => {
    const before = rows(6);
    const fresh = rows(8, { 3: "away" }).filter((row) => row[0] !== id(1));
    const merged = renewed(before, fresh);
    expect(merged.map((r) => r[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(id));
    expect([merged[1]![7], merged[3]![7]]).toEqual(["gone", "away"]);
    expect(renewed(merged, fresh)[1]![7]).toBe("gone");
  });
});
