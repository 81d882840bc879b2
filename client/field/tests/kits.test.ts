import { describe, expect, it } from "vitest";
import { isDouble, KitWalk, type KitSlice } from "../engine/kit_walk";
import { Lane, type Outcome } from "../engine/lane";
import { Ledger } from "../engine/ledger";
import { batchOf, byId } from "../engine/outbox";
import { People } from "../engine/people";
import { id } from "./at_work";

const NOON = Date.parse("2022-04-04T12:00:00+08:00");

/** Two people a door, doors 900, 901, …; a series of five days that began yesterday. */
function slice(doors: number, more: Partial<KitSlice> = {}): KitSlice {
  const places = Array.from({ length: doors }, (_, i): [number, string, string] => [900 + i, `3-1-${101 + i}`, "3号楼 1单元"]);
  return {
    phone: { id: "phone", expires_at: "" },
    series: {
      id: "s", title: "连续五天", starts_on: "2022-04-03", days: [1, 2, 3, 4, 5], kits_per_person: 1, daily: false, closed: false,
      late_hour: 20, zone_minutes: 480,
      results: [
        { key: "negative", recall: false, releases: true }, { key: "positive", recall: true, releases: false },
        { key: "invalid", recall: false, releases: false },
      ],
    },
    place: { id: 1, name: "3号楼" }, stores: [{ id: "store", name: "居委会" }], doors: places,
    people: places.flatMap(([place], i) => [0, 1].map((n): KitSlice["people"][number] => [id(2 * i + n), `王${2 * i + n}`, `w${2 * i + n}`, place, `1390000${1000 + i}`])),
    issues: [], results: [], held: [], sealing: { id: "k", jwk: {} }, now: "2022-04-04T08:00:00+08:00", ...more,
  };
}

class Handing {
  readonly ledger = new Ledger();
  walk: KitWalk;
  constructor(doors = 3, more: Partial<KitSlice> = {}, public at = NOON) {
    this.walk = new KitWalk(this.ledger, slice(doors, more), () => this.at);
  }
  take(outcome: Outcome): Outcome {
    this.ledger.take(outcome.items);
    return outcome;
  }
  issue(place: number): Outcome {
    return this.take(this.walk.issue(place, 2, "store", null));
  }
  settle(outcome: Outcome, state: string, code = "", at = "2022-04-04T12:30:00+08:00"): void {
    const data: Record<string, string> = code === "kits_already_issued" ? { by: "手机乙", at: "2022-04-04T09:00:00+08:00" } : {};
    this.ledger.settle(outcome.items.map((i) => ({ id: i.id, state, code, received_at: at, data })));
  }
  renewed(more: Partial<KitSlice>): KitWalk {
    return (this.walk = new KitWalk(this.ledger, slice(3, { now: "2022-04-04T13:00:00+08:00", ...more }), () => this.at));
  }
}

describe("kits at doors", () => {
  it("are handed out once a door, by this phone and by the list", () => {
    const at = new Handing(3, { issues: [["x1", 901, 0, 10, "2022-04-04T09:00:00+08:00", "李书记"]] });
    expect(at.walk.counts(at.walk.doors(2))).toEqual({ doors: 3, left: 2, missing: 6, due: 20 });
    expect(at.issue(900)).toMatchObject({ tone: "ok", code: "kits_handed", data: { door: "3-1-101", n: 10 } });
    expect(at.issue(900)).toMatchObject({ tone: "refuse", code: "kit_already", data: { by: "" }, items: [] });
    expect(at.issue(901)).toMatchObject({ tone: "refuse", code: "kit_already", data: { by: "李书记" } });
    expect(at.issue(999).code).toBe("kit_not_listed");
    expect(at.walk.issue(902, 2, "", null).code).toBe("kit_no_store");
    const [own, other] = at.walk.doors(2);
    expect([own!.kits, own!.own?.receipt, other!.kits, other!.own]).toEqual([10, null, 10, null]);
    expect(at.walk.next(at.walk.doors(2), 900)?.place).toBe(902);
    expect(batchOf(at.ledger.pending()).kits).toMatchObject([{ kind: "issue", door: 900, day: 0, kits: 10, store: "store" }]);
  });

  it("are taken back into the hand, the newest first, or one by one", () => {
    const at = new Handing();
    const bag = at.walk.count(60);
    const first = at.issue(900);
    at.issue(901);
    expect(at.walk.hand(bag)).toBe(40);
    expect(at.take(at.walk.undo())).toMatchObject({ code: "kits_back", data: { door: "3-1-102", n: 10 } });
    expect(at.take(at.walk.undo(first.items[0]!.id)).code).toBe("kits_back");
    expect([at.walk.hand(bag), at.walk.doors(2).filter((d) => d.due).length]).toEqual([60, 3]);
    expect(at.walk.undo().code).toBe("nothing_to_undo");
    at.issue(902);
    const anew = at.walk.count(7);
    expect(at.walk.hand(anew)).toBe(7);
    expect(at.walk.issue(900, 2, "store", anew)).toMatchObject({ tone: "warn", code: "kits_handed_over", data: { left: -3 } });
  });

  it("that another pair had brought already are told, and may come back", () => {
    const at = new Handing();
    const bag = at.walk.count(60);
    const mine = at.issue(900);
    at.settle(mine, "flagged", "kits_already_issued");
    at.renewed({ issues: [["x1", 900, 0, 10, "2022-04-04T09:00:00+08:00", "手机乙"]] });
    let door = at.walk.doors(2)[0]!;
    expect([door.code, isDouble(door.own), at.walk.hand(bag)]).toEqual(["already_issued", true, 50]);
    at.settle(at.take(at.walk.undo(mine.items[0]!.id)), "accepted");
    door = at.walk.doors(2)[0]!;
    expect([door.code, door.own, door.had?.by, at.walk.hand(bag)]).toEqual(["already_issued", null, "手机乙", 60]);
    expect(at.ledger.doubtful()).toEqual([]);
  });

  it("stay given where the server could not take them back", () => {
    const at = new Handing();
    const mine = at.issue(900);
    at.settle(mine, "accepted");
    const back = at.take(at.walk.undo());
    expect(at.walk.doors(2)[0]!.due).toBe(10);
    at.settle(back, "held", "kits_used");
    const door = at.walk.doors(2)[0]!;
    expect([door.due, door.own?.id]).toEqual([0, mine.items[0]!.id]);
  });

  it("of a newer list outweigh what this phone said before", () => {
    const at = new Handing();
    const mine = at.issue(900);
    at.settle(mine, "accepted");
    expect(at.renewed({}).doors(2)[0]!.due).toBe(10); // the desk took them back
    const done = at.take(at.walk.result(id(0), 2, "negative"));
    at.settle(done, "accepted");
    expect(at.renewed({ results: [[id(0), 2, "positive"]], held: [id(0)] }).doors(2)[0]!.people[0]).toMatchObject({ value: "positive", state: "done" });
  });
});

describe("results of kits", () => {
  it("by day and person; a positive is not lightly taken back", () => {
    const at = new Handing();
    expect(at.take(at.walk.result(id(0), 2, "negative"))).toMatchObject({ tone: "ok", code: "kit_result" });
    expect(at.walk.result(id(0), 2, "invalid").code).toBe("kit_result_stands");
    expect(at.walk.result(id(1), 3, "negative").code).toBe("kit_day_ahead");
    expect(at.walk.result("nobody", 2, "negative").code).toBe("kit_not_listed");
    const positive = at.take(at.walk.result(id(1), 2, "positive"));
    expect([positive.tone, positive.code]).toEqual(["warn", "kit_positive"]);
    const [door] = at.walk.doors(2);
    expect(door!.people.map((p) => [p.value, p.state, p.late])).toEqual([["negative", "done", [1]], ["positive", "done", [1]]]);
    expect(door!.missing).toBe(0);
    at.settle(positive, "accepted");
    expect(at.walk.undo().code).toBe("kit_result_stands");
    expect(at.take(at.walk.undo(door!.people[0]!.own)).code).toBe("kit_result_back");
    expect(at.walk.doors(2)[0]!.people[0]!.value).toBe("");
  });

  it("that could not take another's place say nothing", () => {
    const at = new Handing();
    at.settle(at.take(at.walk.result(id(0), 2, "negative")), "flagged", "kit_result_stands");
    expect(at.walk.doors(2)[0]!.people[0]).toMatchObject({ value: "", code: "kit_result_stands" });
  });

  it("are late by the city's evening", () => {
    const at = new Handing();
    expect(at.walk.doors(2)[0]!.people[0]!.state).toBe("due");
    at.at += 9 * 3_600_000;
    expect(at.walk.doors(2)[0]!.people[0]!.state).toBe("late");
  });
});

describe("the walk with kits", () => {
  it("is the same after a restart, whatever the order", () => {
    const at = new Handing();
    at.issue(900);
    at.take(at.walk.undo());
    at.issue(901);
    at.take(at.walk.result(id(0), 2, "positive"));
    const again = new Ledger();
    again.take(Array.from(at.ledger.items.values()).sort(byId).reverse());
    expect(new KitWalk(again, at.walk.slice, () => NOON).doors(2)).toEqual(at.walk.doors(2));
    expect([again.unsent, again.total]).toEqual([4, 0]);
    const lane = new Lane(again, new People([]), { pattern: ".+", table: 0, size: 1, closed: false });
    expect(lane.ledger.last()).toBeNull();
  });

  it("finds by door, name, initials and telephone", () => {
    const at = new Handing();
    for (const asked of ["王5", "w5"]) expect(at.walk.people.search(asked)[0]?.id).toBe(id(5));
    expect(at.walk.people.search("103").map((p) => p.id)).toEqual([id(4), id(5)]);
    expect(at.walk.people.search("1001").map((p) => p.id)).toEqual([id(2), id(3)]);
  });
});
