import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
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
