import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import type { SealedFile } from "../engine/sealing";
import { Carried } from "../store/carried";
import { Store } from "../store/db";
import { AtWork } from "./at_work";

let name = "";
beforeEach(() => {
  name = `lane-${Math.random()}`;
});

function work(): AtWork {
  const made = new AtWork();
  made.open(1);
  for (let i = 0; i < 3; i++) made.scan(i);
  return made;
}

async function raw(): Promise<string> {
  const request = indexedDB.open(name);
  const db = await new Promise<IDBDatabase>((done) => (request.onsuccess = () => done(request.result)));
  let text = "";
  for (const table of ["items", "meta"]) {
    const all = db.transaction(table).objectStore(table).getAll();
    const rows = await new Promise<{ box: ArrayBuffer }[]>((done) => (all.onsuccess = () => done(all.result)));
    text += rows.map((r) => Buffer.from(r.box).toString("utf-8")).join();
  }
  db.close();
  return text;
}

describe("the store", () => {
  it("gives back after a restart what was put, in no readable form between", async () => {
    const { ledger } = work().lane;
    const before = await Store.open(name);
    await before.put(Array.from(ledger.items.values()));
    await before.set("slice", { people: ["王秀英"] });
    before.shut();
    const text = await raw();
    expect(text).not.toContain("王");
    expect(text).not.toContain("LC0000000001");
    const again = await Store.open(name);
    expect(await again.items()).toEqual(Array.from(ledger.items.values()));
    expect(await again.get("slice")).toEqual({ people: ["王秀英"] });
    expect(await again.get("nothing")).toBeNull();
  });

  it("keeps receipts with their entries", async () => {
    const all = Array.from(work().lane.ledger.items.values());
    const store = await Store.open(name);
    await store.put(all);
    const receipt = { id: all[0]!.id, state: "accepted", code: "", received_at: "" };
    await store.settle(all, [receipt]);
    const kept = await store.items();
    expect(kept.map((i) => i.receipt)).toEqual([receipt, null, null]);
  });

  it("forgets people and what is sent, never what is unsent", async () => {
    const all = Array.from(work().lane.ledger.items.values());
    const store = await Store.open(name);
    await store.put(all);
    await store.set("slice", {});
    await store.set("filter", {});
    await store.set("enrolled", { token: "t" });
    await store.settle(all, [{ id: all[0]!.id, state: "accepted", code: "", received_at: "" }]);
    await store.forgetPeople();
    expect((await store.items()).map((i) => i.id)).toEqual(all.slice(1).map((i) => i.id));
    expect([await store.get("slice"), await store.get("filter"), await store.get("enrolled")]).toEqual([null, null, { token: "t" }]);
  });

  it("uses one key however many pages open it, and a new one after a wipe", async () => {
    const [one, two] = await Promise.all([Store.open(name), Store.open(name)]);
    await one!.set("x", 1);
    expect(await two!.get("x")).toBe(1);
    await one!.wipe();
    const fresh = await Store.open(name);
    expect(await fresh.get("x")).toBeNull();
  });
});

function file(data: string): SealedFile {
  return { v: 1, kind: "muster-unsent", sealing: "s", device: "d", count: 2, key: "k", iv: "i", data };
}

describe("a file of another phone", () => {
  type Carrying = { carried: Carried; sent: string[]; answers: number[]; store: Store; later: [() => void, number][]; counts: number[] };

  async function carrying(): Promise<Carrying> {
    const store = await Store.open(name);
    const [sent, answers, counts]: [string[], number[], number[]] = [[], [], []];
    const later: [() => void, number][] = [];
    const send = ({ data }: SealedFile): Promise<{ status: number; body: { receipts: unknown[] } | null }> => {
      sent.push(data);
      const status = answers.shift() ?? 200;
      return Promise.resolve({ status, body: status === 200 ? { receipts: [1, 2] } : null });
    };
    const carried = new Carried(store, send, (n) => counts.push(n), (work, ms) => later.push([work, ms]) as never);
    await carried.load();
    return { carried, sent, answers, store, later, counts };
  }

  it("is passed on at once where there is a network", async () => {
    const { carried, sent } = await carrying();
    expect(await carried.take(file("a"))).toEqual({ kind: "taken", count: 2 });
    expect([carried.count, sent]).toEqual([0, ["a"]]);
  });

  it("is kept without one, over a restart, each once, and goes when there is one", async () => {
    const first = await carrying();
    first.answers.push(0, 503, 0);
    expect(await first.carried.take(file("a"))).toEqual({ kind: "kept" });
    expect(await first.carried.take(file("b"))).toEqual({ kind: "kept" });
    expect(await first.carried.take(file("a"))).toEqual({ kind: "kept" });
    first.store.shut();
    const again = await carrying();
    expect(again.carried.count).toBe(2);
    await Promise.all([again.carried.forward(), again.carried.forward()]);
    expect([again.carried.count, again.sent]).toEqual([0, ["a", "b"]]);
  });

  it("stays where the server cannot read it, is not sent over and over, and stops no other", async () => {
    const { carried, sent, answers } = await carrying();
    answers.push(422, 0);
    expect(await carried.take(file("a"))).toEqual({ kind: "unreadable" });
    await carried.take(file("b"));
    await carried.forward();
    expect([carried.count, sent]).toEqual([1, ["a", "b", "b"]]);
  });

  it("is tried again by itself, later each time, until it is gone", async () => {
    const { carried, sent, answers, later, counts } = await carrying();
    answers.push(0, 0, 503);
    await carried.take(file("a"));
    const waits: number[] = [];
    while (carried.count) {
      const [work, ms] = later.pop()!;
      waits.push(ms);
      work();
      await carried.forward(); // the flight that is on
    }
    expect(sent).toEqual(["a", "a", "a", "a"]);
    expect(waits.map((ms, n) => ms >= 1000 * 2 ** n && ms <= 2000 * 2 ** n)).toEqual([true, true, true]);
    expect([later, counts]).toEqual([[], [1, 0]]);
  });

  it("is not tried again by itself where the server cannot read it", async () => {
    const { carried, answers, later } = await carrying();
    answers.push(422);
    await carried.take(file("a"));
    expect(later).toEqual([]);
  });

  it("outlives the people of the slice", async () => {
    const { carried, answers, store } = await carrying();
    answers.push(0);
    await carried.take(file("a"));
    await store.set("doors", { people: ["王秀英"] });
    await store.forgetPeople();
    const again = await carrying();
    expect([again.carried.count, await again.store.get("doors")]).toEqual([1, null]);
  });
});
