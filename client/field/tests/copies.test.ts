import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Item } from "../engine/outbox";
import type { SealedFile } from "../engine/sealing";
import { Copies } from "../store/copies";
import { AtWork } from "./at_work";

/** Cache Storage of one name, as far as the mirror asks for it. */
class Shelf {
  readonly kept = new Map<string, string>();
  async put(path: string, response: Response): Promise<void> {
    this.kept.set(path, await response.text());
  }
  async delete(path: string): Promise<void> {
    this.kept.delete(path);
  }
  async keys(): Promise<{ url: string }[]> {
    return Array.from(this.kept.keys(), (path) => ({ url: `https://muster.test${path}` }));
  }
  async match(path: string): Promise<Response | undefined> {
    const text = this.kept.get(path);
    return text === undefined ? undefined : new Response(text);
  }
}

let shelf = new Shelf();
let statuses: number[] = [];
let sent: SealedFile[] = [];

async function opened(): Promise<Copies> {
  const copies = await Copies.open(async (file) => {
    sent.push(file);
    return { status: statuses.shift() ?? 200 };
  });
  const pair = await crypto.subtle.generateKey(
    { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["encrypt", "decrypt"],
  );
  await copies.sealWith({ id: "s", jwk: await crypto.subtle.exportKey("jwk", pair.publicKey) }, "device", "token");
  return copies;
}

function worked(count: number): { work: AtWork; items: Item[] } {
  const work = new AtWork(10, 10);
  work.open(1);
  for (let i = 0; i < count; i++) work.scan(i);
  return { work, items: work.lane.ledger.pending() };
}

beforeEach(() => {
  [shelf, statuses, sent] = [new Shelf(), [], []];
  vi.stubGlobal("caches", { open: async () => shelf, delete: async () => shelf.kept.clear() });
});

describe("the second place of what is unsent", () => {
  it("takes and drops in turn, and is emptied", async () => {
    const { items, work } = worked(3);
    const copies = await opened();
    copies.put(items);
    copies.drop(items.slice(0, 1));
    work.lane.ledger.settle([{ id: items[0]!.id, state: "accepted", code: "", received_at: "" }]);
    expect(await copies.check(work.lane.ledger)).toBe(0);
    expect(await copies.count()).toBe(2);
    expect((await copies.file(items))?.count).toBe(3);
    expect(await copies.file([])).toBeNull();
    await copies.wipe();
    expect([await copies.count(), sent.length]).toEqual([0, 0]);
  });

  it("is filled up with what it lacks, and loses what the server has", async () => {
    const { items, work } = worked(2);
    const copies = await opened();
    copies.put(items.slice(0, 1));
    work.lane.ledger.settle([{ id: items[0]!.id, state: "accepted", code: "", received_at: "" }]);
    await copies.check(work.lane.ledger);
    expect(Array.from(shelf.kept.keys())).toEqual([`/lane/unsent/${items[1]!.id}`]);
  });

  it("gives to the server what it alone knows; what is not taken stays", async () => {
    const copies = await opened();
    copies.put(worked(2).items);
    const empty = new AtWork(10, 10).lane.ledger;
    statuses = [200, 503];
    expect(await copies.check(empty)).toBe(1);
    expect([await copies.count(), sent.length]).toEqual([1, 2]);
    await copies.rescueAll();
    expect(await copies.count()).toBe(0);
  });

  it("does without where there is none", async () => {
    vi.stubGlobal("caches", { open: () => Promise.reject(new Error("none")) });
    const { items, work } = worked(1);
    const copies = await opened();
    copies.put(items);
    expect([await copies.check(work.lane.ledger), await copies.count()]).toEqual([0, 0]);
    expect((await copies.file(items))?.count).toBe(1);
  });
});
