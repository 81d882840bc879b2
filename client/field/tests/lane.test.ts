import { describe, expect, it } from "vitest";
import { Ledger } from "../engine/ledger";
import { EXEMPT, ONE_TUBE_A_HOUSEHOLD, RECALLED } from "../engine/people";
import { AtWork, id, tube } from "./at_work";

function lists(outcome: { items: { list: string }[] }): string[] {
  return outcome.items.map((i) => i.list);
}

describe("a tube of ten", () => {
  it("asks for a tube before people, and refuses what is none", () => {
    const work = new AtWork();
    expect(work.scan(0).code).toBe("tube_first");
    expect(work.take(work.lane.openTube("nonsense")).code).toBe("tube_code_malformed");
  });

  it("closes by itself at the tenth, and takes nobody more", () => {
    const work = new AtWork();
    work.open(1);
    for (let i = 0; i < 9; i++) expect(work.scan(i).code).toBe("recorded");
    const tenth = work.scan(9);
    expect([tenth.tone, tenth.code, lists(tenth)]).toEqual(["closed", "tube_full_closed", ["records", "closings"]]);
    expect(tenth.items[1]!.body).toMatchObject({ tube: tube(1), count: 10, household: false, reason: "" });
    expect(work.lane.hand).toBeNull();
    expect(work.scan(10).code).toBe("tube_first");
    expect(work.open(1).code).toBe("tube_closed");
    expect(work.lane.ledger.total).toBe(10);
  });

  it("is marked with a reason when it is closed short", () => {
    const work = new AtWork();
    work.open(1);
    work.scan(0);
    expect(work.open(2)).toMatchObject({ tone: "ask", code: "close_short", data: { held: 1, size: 10, next: tube(2) } });
    expect(work.lane.hand).toBe(tube(1));
    const opened = work.open(2, "queue ended");
    expect(opened.items[0]!.body).toMatchObject({ tube: tube(1), count: 1, reason: "queue ended" });
    expect(work.lane.hand).toBe(tube(2));
    expect(lists(work.take(work.lane.closeTube("")))).toEqual([]);
    expect(work.lane.hand).toBeNull();
  });

  it("carries its size with every record: the first decides at the server", () => {
    const work = new AtWork(20);
    work.open(1);
    expect(work.scan(0).items[0]!.body).toMatchObject({ size: 20 });
    work.lane.rules.size = 5;
    expect(work.scan(1).items[0]!.body).toMatchObject({ size: 20 });
    work.open(2, "other");
    expect(work.scan(2).items[0]!.body).toMatchObject({ size: 5 });
  });

  it("of one closes at the first", () => {
    const work = new AtWork(1);
    work.open(1);
    expect(work.scan(0).code).toBe("tube_full_closed");
  });
});

describe("who comes twice", () => {
  it("is refused in the same tube, without a question", () => {
    const work = new AtWork();
    work.open(1);
    work.scan(0);
    expect(work.scan(0)).toMatchObject({ tone: "refuse", code: "person_in_tube", items: [] });
    expect(work.scan(0, { anyway: true }).tone).toBe("refuse");
  });

  it("is asked about when this phone has him in another tube", () => {
    const work = new AtWork();
    work.open(1);
    work.scan(0);
    work.open(2, "break");
    expect(work.scan(0)).toMatchObject({ tone: "ask", code: "person_already_here", data: { tube: tube(1) } });
    expect(work.scan(0, { anyway: true }).code).toBe("recorded");
    expect(work.lane.ledger.total).toBe(2);
  });

  it("is asked about when the filter has him at another table", () => {
    const work = new AtWork();
    work.open(1);
    expect(work.scan(0, { elsewhere: 7 })).toMatchObject({ code: "person_already_recorded", data: { table: 7 } });
    expect(work.scan(0, { elsewhere: 7, anyway: true }).code).toBe("recorded");
  });

  it("is not asked about when the filter only remembers what was taken back here", () => {
    const work = new AtWork();
    work.open(1);
    work.scan(0);
    work.take(work.lane.undo());
    expect(work.scan(0, { elsewhere: 5 }).code).toBe("recorded");
  });
});

describe("who is something special", () => {
  it("is asked about when he is not on the list", () => {
    const work = new AtWork();
    work.open(1);
    expect(work.scan(99)).toMatchObject({ tone: "ask", code: "person_unknown" });
    expect(work.scan(99, { anyway: true }).items[0]!.body).toMatchObject({ person: id(99) });
  });

  it("is recorded with a note when he is exempt, asked about when he is a re-test", () => {
    const work = new AtWork(10, 10, { 0: EXEMPT, 1: RECALLED });
    work.open(1);
    expect(work.scan(0)).toMatchObject({ tone: "warn", code: "recorded_exempt" });
    expect(work.scan(1).code).toBe("person_recalled");
    work.open(2, "other");
    work.lane.rules.size = 1;
    work.open(3);
    expect(work.scan(1).code).toBe("tube_full_closed");
  });

  it("may be nobody whom the list knows, with what was typed", () => {
    const work = new AtWork();
    work.open(1);
    const said = { name: "访客", door: "9-1-101" };
    const outcome = work.take(work.lane.record({ person: null, name: "访客", door: "9-1-101", said }, { elsewhere: null }));
    expect(outcome.code).toBe("recorded");
    expect(outcome.items[0]!.body).toMatchObject({ person: null, said });
  });
});

describe("one household a tube", () => {
  it("takes a household however many they are, closes without a reason", () => {
    const work = new AtWork(0);
    work.open(1);
    work.scan(0);
    work.scan(1);
    expect(work.scan(2)).toMatchObject({ tone: "ask", code: "tube_other_household" });
    expect(work.open(2).items[0]!.body).toMatchObject({ count: 2, household: true, reason: "" });
  });

  it("is kept where the zone wants it, whatever the size", () => {
    const work = new AtWork(10, 10, { 0: ONE_TUBE_A_HOUSEHOLD });
    work.open(1);
    work.scan(0);
    expect(work.scan(1).code).toBe("recorded");
    expect(work.scan(2).code).toBe("tube_other_household");
  });
});

describe("mistakes", () => {
  it("undo takes the last back, and opens the tube that it had closed", () => {
    const work = new AtWork();
    work.open(1);
    for (let i = 0; i < 10; i++) work.scan(i);
    const undone = work.take(work.lane.undo());
    expect(undone.items[0]!.body).toMatchObject({ kind: "void", reason: "undone" });
    expect([work.lane.hand, work.lane.held, work.lane.ledger.total]).toEqual([tube(1), 9, 9]);
    const again = work.scan(11);
    expect(again.items.map((i) => i.body)).toMatchObject([{ person: id(11) }, { count: 10 }]);
    expect(new AtWork().lane.undo().code).toBe("nothing_to_undo");
  });

  it("undoing again and again goes back one by one", () => {
    const work = new AtWork();
    work.open(1);
    for (let i = 0; i < 3; i++) work.scan(i);
    for (let i = 2; i >= 0; i--) {
      work.take(work.lane.undo());
      expect(work.lane.held).toBe(i);
    }
    expect(work.lane.undo().tone).toBe("refuse");
  });

  it("moves to the tube that the swab is in, which may fill", () => {
    const work = new AtWork(5);
    work.open(1);
    for (let i = 0; i < 4; i++) work.scan(i);
    work.open(2, "other");
    work.scan(10);
    const entry = work.lane.ledger.of(id(10))[0]!;
    expect(work.lane.move(entry, tube(1)).code).toBe("tube_closed");
    expect(work.lane.move(entry, tube(2)).code).toBe("person_in_tube");
    expect(work.lane.move(entry, "x").code).toBe("tube_code_malformed");
    work.take(work.lane.move(entry, tube(3)));
    expect([work.inTube(2), work.inTube(3), work.lane.ledger.total]).toEqual([[], [id(10)], 5]);
    for (let i = 20; i < 24; i++) work.scan(i);
    expect(lists(work.take(work.lane.move(entry, tube(2))))).toEqual(["changes", "closings"]);
    expect(work.lane.hand).toBeNull();
    expect(work.lane.move(work.lane.ledger.of(id(0))[0]!, tube(2)).code).toBe("tube_full");
  });

  it("records nothing once the round is over", () => {
    const work = new AtWork();
    work.lane.rules.closed = true;
    expect(work.open(1).code).toBe("round_closed");
    expect(work.scan(0).code).toBe("round_closed");
  });
});

describe("a restart", () => {
  it("folds the same items into the same state, in whatever order they lie", () => {
    const work = new AtWork(5);
    work.open(1);
    for (let i = 0; i < 5; i++) work.scan(i);
    work.take(work.lane.undo());
    work.scan(7);
    work.open(2);
    work.scan(8);
    work.take(work.lane.move(work.lane.ledger.of(id(8))[0]!, tube(3)));
    const before = work.lane.ledger;
    const again = new Ledger();
    again.take(Array.from(before.items.values()).reverse());
    expect(again.total).toBe(before.total);
    expect(again.unsent).toBe(before.unsent);
    expect(again.entries).toEqual(before.entries);
    const tubes = (l: Ledger) => Array.from(l.tubes.values()).filter((t) => t.entries.length);
    expect(tubes(again)).toEqual(tubes(before));
  });

  it("counts what has its receipt as sent, once", () => {
    const work = new AtWork();
    work.open(1);
    const [item] = work.scan(0).items;
    const receipt = { id: item!.id, state: "flagged", code: "person_already_recorded", received_at: "" };
    work.lane.ledger.settle([receipt, receipt]);
    expect(work.lane.ledger.unsent).toBe(0);
    expect(work.lane.ledger.doubtful()).toHaveLength(1);
    expect(work.lane.ledger.pending()).toEqual([]);
  });
});

describe("a scripted recorder", () => {
  it("puts 8,000 people on 17 lanes into tubes with no record wrong", () => {
    let recorded = 0;
    const expected: string[] = [];
    const made: string[] = [];
    for (let table = 0; table < 17; table++) {
      const work = new AtWork(10, 471);
      let tubes = 0;
      for (let i = 0; i < 471 && recorded < 8000; i++, recorded++) {
        if (!work.lane.hand) work.open(++tubes);
        const hand = work.lane.hand!;
        // The mistakes of a night: the same code again, the wrong one first, a tube twice.
        if (i % 7 === 0 && work.lane.held) work.scan(i - 1, { anyway: true });
        if (i % 11 === 0 && i + 1 < 471) {
          work.scan(i + 1);
          work.take(work.lane.undo());
        }
        if (i % 13 === 0) work.open(tubes);
        if (!work.lane.hand) work.open(++tubes);
        work.scan(i);
        expected.push(`${table}/${work.lane.hand ?? hand}/${id(i)}`.replace(/\/[^/]+\//, "/"));
      }
      for (const entry of work.lane.ledger.entries.values()) if (!entry.void) made.push(`${table}/${entry.person}`);
      for (const t of work.lane.ledger.tubes.values()) expect(t.entries.length).toBeLessThanOrEqual(10);
      expect(Array.from(work.lane.ledger.tubes.values()).filter((t) => t.entries.length < 10).length).toBeLessThanOrEqual(1);
    }
    expect(recorded).toBe(8000);
    expect(made.sort()).toEqual(expected.sort());
  });
});
