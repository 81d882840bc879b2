// Who has been recorded already, as salted hashes. The same as `muster.protocols.filters`; both are
// held to vectors/filter.json.

import { bytesOfId, fromBase64 } from "./bytes";

const ENTRY = 8;

export interface FilterBody {
  salt: string;
  entries: string;
}

export class RecordedFilter {
  private readonly salt: Uint8Array;
  private readonly entries: Uint8Array;

  constructor(body: FilterBody) {
    this.salt = fromBase64(body.salt);
    this.entries = fromBase64(body.entries);
  }

  get size(): number {
    return Math.floor(this.entries.length / ENTRY);
  }

  /** The table that has recorded somebody, or null. */
  async tableOf(person: string): Promise<number | null> {
    const salted = new Uint8Array(this.salt.length + 16);
    salted.set(this.salt);
    salted.set(bytesOfId(person), this.salt.length);
    const mark = new Uint8Array(await crypto.subtle.digest("SHA-256", salted)).subarray(0, 6);
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(middle, mark) < 0) low = middle + 1;
      else high = middle;
    }
    if (low >= this.size || this.compare(low, mark) !== 0) return null;
    return this.entries[low * ENTRY + 6]! * 256 + this.entries[low * ENTRY + 7]!;
  }

  private compare(at: number, mark: Uint8Array): number {
    for (let i = 0; i < 6; i++) {
      const difference = this.entries[at * ENTRY + i]! - mark[i]!;
      if (difference) return difference;
    }
    return 0;
  }
}
