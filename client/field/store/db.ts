// What the phone keeps, encrypted with a key that cannot be taken out of this browser. It goes when the
// phone is revoked, when its time is over and nothing is unsent, or when the recorder hands it back.

import Dexie, { type Table } from "dexie";
import type { Item, Receipt } from "../engine/outbox";

interface Row {
  id: string;
  sent: 0 | 1;
  box: ArrayBuffer;
}
interface Named {
  name: string;
  box: ArrayBuffer;
}

class Database extends Dexie {
  keys!: Table<{ name: string; key: CryptoKey }, string>;
  meta!: Table<Named, string>;
  items!: Table<Row, string>;

  constructor(name: string) {
    // Strict: what was beeped survives an empty battery.
    super(name, { chromeTransactionDurability: "strict" });
    this.version(1).stores({ keys: "name", meta: "name", items: "id, sent" });
  }
}

const IV = 12;

export class Store {
  private constructor(
    private readonly db: Database,
    private readonly key: CryptoKey,
  ) {}

  static async open(name = "muster-lane"): Promise<Store> {
    const db = new Database(name);
    await db.open();
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    // The first page to come makes the key; add fails for the second, which then reads it.
    await db.keys.add({ name: "box", key: made }).catch(() => undefined);
    const kept = await db.keys.get("box");
    return new Store(db, kept!.key);
  }

  private async close(value: unknown): Promise<ArrayBuffer> {
    const iv = crypto.getRandomValues(new Uint8Array(IV));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const cipher = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain);
    const box = new Uint8Array(IV + cipher.byteLength);
    box.set(iv);
    box.set(new Uint8Array(cipher), IV);
    return box.buffer;
  }

  private async unbox<T>(box: ArrayBuffer): Promise<T> {
    const iv = new Uint8Array(box, 0, IV);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, new Uint8Array(box, IV));
    return JSON.parse(new TextDecoder().decode(plain)) as T;
  }

  async get<T>(name: string): Promise<T | null> {
    const row = await this.db.meta.get(name);
    return row ? this.unbox<T>(row.box) : null;
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.db.meta.put({ name, box: await this.close(value) });
  }

  /** All of them or none. */
  async put(items: Item[]): Promise<void> {
    if (!items.length) return;
    const rows = await Promise.all(
      items.map(async (item) => ({ id: item.id, sent: (item.receipt ? 1 : 0) as 0 | 1, box: await this.close(item) })),
    );
    await this.db.items.bulkPut(rows);
  }

  async settle(items: Item[], receipts: Receipt[]): Promise<void> {
    const told = new Map(receipts.map((r) => [r.id, r]));
    await this.put(items.filter((i) => told.has(i.id)).map((i) => ({ ...i, receipt: told.get(i.id)! })));
  }

  async items(): Promise<Item[]> {
    const rows = await this.db.items.toArray();
    return Promise.all(rows.map((row) => this.unbox<Item>(row.box)));
  }

  /** Names and keys go; what is unsent stays until it is sent or exported. */
  async forgetPeople(): Promise<void> {
    await this.db.transaction("rw", this.db.meta, this.db.items, async () => {
      await this.db.meta.bulkDelete(["slice", "filter", "doors"]);
      await this.db.items.where("sent").equals(1).delete();
    });
  }

  /** Everything goes, the key too. */
  async wipe(): Promise<void> {
    await this.db.delete();
  }

  shut(): void {
    this.db.close();
  }
}
