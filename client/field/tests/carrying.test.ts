import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bytesOfId, fromBase64, fromBase64Url, idOf, toBase64Url, utf8 } from "../engine/bytes";
import { crc32, gzip, gzipStored } from "../engine/gzip";
import { after, newId } from "../engine/ids";
import { batchOf, nextBatch, pause, type Item, type Receipt } from "../engine/outbox";
import { Sealer, sealedFile } from "../engine/sealing";
import { Turns } from "../engine/turns";
import { Courier, type Line } from "../sync/courier";
import type { Answer, Receipts } from "../sync/server";
import { AtWork } from "./at_work";

function items(count: number): Item[] {
  const work = new AtWork(10, count);
  let tubes = 0;
  for (let i = 0; i < count; i++) {
    if (!work.lane.hand) work.open(++tubes);
    work.scan(i);
  }
  return Array.from(work.lane.ledger.items.values());
}

describe("ids", () => {
  it("increase also when the clock steps back or a restart lies between", () => {
    const made = [newId(5000), newId(4000), newId(4000), newId(6000)];
    after("01960000-0000-7000-8000-000000000000");
    made.push(newId(7000));
    expect([...made].sort()).toEqual(made);
    expect(made.every((i) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(i))).toBe(true);
    expect(idOf(bytesOfId(made[0]!))).toBe(made[0]);
  });
  it("stay different when there are many in a millisecond", () => {
    const many = Array.from({ length: 9000 }, () => newId(1));
    expect(new Set(many).size).toBe(9000);
    expect([...many].sort()).toEqual(many);
  });
});

describe("bytes", () => {
  it("base64url is read only as it is written", () => {
    const bytes = crypto.getRandomValues(new Uint8Array(50));
    expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    expect(fromBase64Url("AB")).toBeNull();
    expect(fromBase64Url("A")).toBeNull();
    expect(fromBase64Url("A+==")).toBeNull();
  });
  it("gzip is gzip, with and without the browser's help", async () => {
    const text = utf8("采样登记".repeat(20_000));
    expect(gunzipSync(gzipStored(text)).equals(Buffer.from(text))).toBe(true);
    expect(gunzipSync(await gzip(text)).equals(Buffer.from(text))).toBe(true);
    expect(gunzipSync(gzipStored(new Uint8Array(0))).length).toBe(0);
    expect(crc32(utf8("123456789"))).toBe(0xcbf43926);
  });
});

describe("a sealed file", () => {
  it("is opened with the round's private key and by nothing else", async () => {
    const pair = await crypto.subtle.generateKey(
      { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" }, true, ["decrypt", "encrypt"],
    );
    const sealer = await Sealer.make({ id: "s", jwk: await crypto.subtle.exportKey("jwk", pair.publicKey) }, "d", "secret-token");
    const unsent = items(12);
    for (const quick of [true, false]) {
      const file = await sealer.seal(unsent, quick);
      expect(JSON.stringify(file)).not.toContain("secret-token");
      const raw = await crypto.subtle.decrypt({ name: "RSA-OAEP" }, pair.privateKey, fromBase64(file.key));
      const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(file.iv) }, key, fromBase64(file.data));
      expect(JSON.parse(gunzipSync(new Uint8Array(plain)).toString())).toEqual({ token: "secret-token", ...batchOf(unsent) });
      expect(sealedFile(JSON.stringify(file))).toEqual(file);
    }
    expect(sealedFile("{}")).toBeNull();
    expect(sealedFile("not a file")).toBeNull();
  });
});

describe("turns", () => {
  it("are taken one after the other, also after one has failed", async () => {
    const turns = new Turns();
    const done: number[] = [];
    let free = (): void => undefined;
    const first = turns.do(() => new Promise<void>((go) => (free = go)).then(() => void done.push(1)));
    const second = turns.do(() => Promise.reject(new Error("no")));
    const third = turns.do(() => Promise.resolve(void done.push(3)));
    await Promise.resolve();
    expect(done).toEqual([]);
    free();
    await first;
    await expect(second).rejects.toThrow("no");
    await third;
    expect(done).toEqual([1, 3]);
  });
});

/** A server that loses answers, is full, refuses; and keeps each id once. */
class Fake {
  readonly kept = new Map<string, number>();
  readonly said: Line[] = [];
  readonly waits: number[] = [];
  readonly pending: Map<string, Item>;
  script: ((ids: string[]) => Partial<Answer<Receipts>> | "lost" | null)[] = [];
  flights = 0;
  most = 0;
  work: (() => void) | null = null;
  readonly courier: Courier;

  constructor(all: Item[]) {
    this.pending = new Map(all.map((i) => [i.id, i]));
    this.courier = new Courier(
      {
        pending: () => Array.from(this.pending.values()),
        send: (batch) => this.send([...batch.records, ...batch.changes, ...batch.closings].map((b) => b.id)),
        settle: (taken: Item[], _receipts: Receipt[]) => {
          for (const item of taken) this.pending.delete(item.id);
          return Promise.resolve();
        },
        told: (line) => this.said.push(line),
      },
      (work, ms) => {
        this.waits.push(ms);
        this.work = work;
        return 0 as unknown as ReturnType<typeof setTimeout>;
      },
      () => 0.5,
    );
  }

  private async send(ids: string[]): Promise<Answer<Receipts>> {
    this.flights++;
    this.most = Math.max(this.most, this.flights);
    await Promise.resolve();
    this.flights--;
    const nothing = { status: 0, body: null, code: "", retryAfter: null, etag: "", now: "" };
    const told = this.script.shift()?.(ids) ?? null;
    if (told && told !== "lost") return { ...nothing, ...told };
    for (const id of ids) this.kept.set(id, (this.kept.get(id) ?? 0) + (this.kept.has(id) ? 0 : 1));
    if (told === "lost") return nothing;
    const receipts = ids.map((id) => ({ id, state: "accepted", code: "", received_at: "" }));
    return { ...nothing, status: 200, body: { receipts, now: "" } };
  }

  async run(): Promise<void> {
    await this.courier.nudge();
    for (let i = 0; i < 50 && this.work; i++) {
      const { work } = this;
      this.work = null;
      work();
      await this.courier.nudge(true);
    }
  }
}

describe("the courier", () => {
  it("sends the oldest first, at most five hundred, in one flight at a time", async () => {
    const all = items(1200);
    expect(nextBatch(all)).toHaveLength(500);
    const fake = new Fake(all);
    await Promise.all([fake.courier.nudge(), fake.courier.nudge(), fake.courier.nudge()]);
    expect([fake.pending.size, fake.most]).toEqual([0, 1]);
    const [first, second] = [Array.from(fake.kept.keys()).slice(0, 500), nextBatch(all)];
    expect(first.sort()).toEqual(second.map((i) => i.id));
    expect(fake.kept.size).toBe(all.length);
    expect(fake.said[fake.said.length - 1]).toBe("idle");
  });

  it("sends again what it has no answer for: each is kept once", async () => {
    const fake = new Fake(items(30));
    fake.script = [() => "lost", () => ({ status: 503, retryAfter: 7 }), () => ({ status: 0 }), () => "lost"];
    await fake.run();
    expect(fake.pending.size).toBe(0);
    expect(Array.from(fake.kept.values()).every((n) => n === 1)).toBe(true);
    expect(fake.waits[1]).toBeGreaterThanOrEqual(7000);
    expect(fake.said).toContain("busy");
    expect(fake.said).toContain("offline");
  });

  it("sets aside the one entry that cannot be read, and sends the rest", async () => {
    const all = items(40);
    const fake = new Fake(all);
    const bad = all[17]!.id;
    fake.script = Array.from({ length: 40 }, () => (ids: string[]) => (ids.includes(bad) ? { status: 422, code: "batch_malformed" } : null));
    await fake.run();
    expect(Array.from(fake.courier.stuck)).toEqual([bad]);
    expect(Array.from(fake.pending.keys())).toEqual([bad]);
  });

  it("is done with a closing whose tube holds somebody who waits for the desk", async () => {
    const all = items(10);
    const closing = all.find((i) => i.list === "closings")!;
    expect(closing).toBeDefined();
    const fake = new Fake(all);
    const state = (id: string) => (id === closing.id ? "waiting" : "accepted");
    fake.script = [
      (ids) => ({
        status: 200, body: { receipts: ids.map((id) => ({ id, state: state(id), code: "", received_at: "" })), now: "" },
      }),
    ];
    await fake.courier.nudge();
    expect([fake.pending.size, fake.script.length]).toEqual([0, 0]);
  });

  it("keeps everything when the phone is not enrolled any more", async () => {
    const fake = new Fake(items(5));
    fake.script = [() => ({ status: 401, code: "device_refused" })];
    await fake.courier.nudge();
    expect([fake.pending.size, fake.said[fake.said.length - 1], fake.work]).toEqual([5, "refused", null]);
  });

  it("waits longer after each failure, a minute at most, as long as the server says", () => {
    expect([1, 2, 3, 10].map((n) => pause(n, null, 1))).toEqual([2, 4, 8, 60]);
    expect(pause(1, 30, 0)).toBe(30);
    expect(pause(1, 99_999, 0)).toBe(600);
    expect(pause(3, null, 0)).toBe(4);
  });
});
