// A second place for what is unsent, apart from the database: each entry as a sealed file that only the
// server opens. A browser that loses one of the two has still the other.

import type { Item } from "../engine/outbox";
import type { SealedFile, Sealer } from "../engine/sealing";

const NAME = "muster-unsent";
const PREFIX = "/lane/unsent/";

export class Mirror {
  private constructor(private readonly cache: Cache | null) {}

  static async open(): Promise<Mirror> {
    try {
      return new Mirror(await caches.open(NAME));
    } catch {
      return new Mirror(null); // a browser without Cache Storage keeps one copy only
    }
  }

  async put(items: Item[], sealer: Sealer): Promise<void> {
    if (!this.cache) return;
    for (const item of items) {
      const file = await sealer.seal([item], true);
      await this.cache.put(PREFIX + item.id, new Response(JSON.stringify(file)));
    }
  }

  async drop(ids: Iterable<string>): Promise<void> {
    if (!this.cache) return;
    for (const id of ids) await this.cache.delete(PREFIX + id);
  }

  async ids(): Promise<string[]> {
    const requests = (await this.cache?.keys()) ?? [];
    return requests.map((r) => new URL(r.url).pathname.slice(PREFIX.length));
  }

  async file(id: string): Promise<SealedFile | null> {
    const kept = await this.cache?.match(PREFIX + id);
    return kept ? ((await kept.json()) as SealedFile) : null;
  }

  async wipe(): Promise<void> {
    if (this.cache) await caches.delete(NAME);
  }
}
