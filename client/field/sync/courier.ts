// Carries what is unsent to the server until every entry has its receipt: one flight at a time, the
// oldest first, again after any failure. Sending twice is harmless, so nothing is ever given up.

import { acknowledged, batchOf, LIMIT, nextBatch, pause, type Item, type Receipt } from "../engine/outbox";
import type { Answer, Receipts } from "./server";
import type { Batch } from "../engine/outbox";

export type Line = "idle" | "sending" | "waiting" | "offline" | "refused" | "busy";

export interface Errand {
  pending(): Item[];
  send(batch: Batch): Promise<Answer<Receipts>>;
  settle(items: Item[], receipts: Receipt[], now: string): Promise<void>;
  told(line: Line): void;
}

export class Courier {
  private flying: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;
  /** The server is away or full: what is new waits with the rest. */
  private holding = false;
  private size = LIMIT;
  /** Entries that the server cannot read even alone: they wait for an export, and stop no other. */
  readonly stuck = new Set<string>();
  private ended = false;

  constructor(
    private readonly errand: Errand,
    private readonly later: (work: () => void, ms: number) => ReturnType<typeof setTimeout> = (work, ms) => setTimeout(work, ms),
    private readonly chance: () => number = Math.random,
  ) {}

  /** Something is there to send, or the network is back. A flight that is on takes it along. */
  nudge(afresh = false): Promise<void> {
    if (this.ended) return Promise.resolve();
    if (afresh) this.failures = 0;
    else if (this.timer && this.holding) return Promise.resolve();
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.flying) {
      this.flying = this.fly().finally(() => {
        this.flying = null;
      });
    }
    return this.flying;
  }

  end(): void {
    this.ended = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private async fly(): Promise<void> {
    for (;;) {
      const items = nextBatch(this.errand.pending().filter((i) => !this.stuck.has(i.id)), this.size);
      if (!items.length || this.ended) return this.errand.told("idle");
      this.errand.told("sending");
      const answer = await this.errand.send(batchOf(items));
      if (!(await this.landed(items, answer))) return;
    }
  }

  /** Whether to fly on. */
  private async landed(items: Item[], answer: Answer<Receipts>): Promise<boolean> {
    if (answer.status === 200 && answer.body) return this.received(items, answer.body);
    if (answer.status === 422 || answer.status === 413) return this.unreadable(items);
    if (answer.status === 401 || answer.status === 403) {
      this.errand.told("refused");
      return false;
    }
    this.failures++;
    this.holding = true;
    this.errand.told(answer.status ? "busy" : "offline");
    this.again(answer.retryAfter);
    return false;
  }

  private async received(items: Item[], body: Receipts): Promise<boolean> {
    const told = new Map(body.receipts.map((r) => [r.id, r]));
    const taken = items.filter((i) => acknowledged(i, told.get(i.id)));
    await this.errand.settle(taken, taken.map((i) => told.get(i.id)!), body.now);
    this.size = Math.min(LIMIT, this.size * 2);
    this.holding = false;
    if (taken.length) {
      this.failures = 0;
      return true;
    }
    // Taken by a server that does not answer for these yet: later, not at once.
    this.failures++;
    this.errand.told("waiting");
    this.again(null);
    return false;
  }

  /** Half of it, until the one that cannot be read is alone; that one is set aside. */
  private unreadable(items: Item[]): boolean {
    if (items.length === 1) this.stuck.add(items[0]!.id);
    else this.size = Math.ceil(items.length / 2);
    return true;
  }

  private again(retryAfter: number | null): void {
    if (this.ended) return;
    const wait = pause(this.failures, retryAfter, this.chance()) * 1000;
    this.timer = this.later(() => {
      this.timer = null;
      void this.nudge();
    }, wait);
  }
}
