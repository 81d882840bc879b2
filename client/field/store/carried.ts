// Sealed files of other phones, kept until there is a network to pass them on: nobody here reads them.

import { pause } from "../engine/outbox";
import type { SealedFile } from "../engine/sealing";
import type { Store } from "./db";

const NAME = "carried";

/** What became of a file: how many entries the server took, kept for later, or not readable at all. */
export type Passed = { kind: "taken"; count: number } | { kind: "kept" } | { kind: "unreadable" };
type Send = (file: SealedFile) => Promise<{ status: number; body: { receipts: unknown[] } | null }>;

export class Carried {
  private files: SealedFile[] = [];
  private unreadable = new Set<string>();
  private flying: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private failures = 0;

  constructor(
    private readonly store: Store,
    private readonly send: Send,
    private readonly told: (count: number) => void = () => undefined,
    private readonly later: (work: () => void, ms: number) => ReturnType<typeof setTimeout> = (work, ms) => setTimeout(work, ms),
  ) {}

  async load(): Promise<void> {
    this.files = (await this.store.get<SealedFile[]>(NAME)) ?? [];
  }

  get count(): number {
    return this.files.length;
  }

  /** Passed on at once if there is a network, else kept: before anything is said of it. */
  async take(file: SealedFile): Promise<Passed> {
    if (!this.files.some((f) => f.data === file.data)) await this.keep([...this.files, file]);
    const passed = await this.pass(file);
    this.again();
    return passed;
  }

  /** Everything that waits; sending twice is harmless. What stays is tried again by itself: a phone does not
   * always say that its network is back. */
  forward(afresh = false): Promise<void> {
    if (afresh) this.failures = 0;
    this.end();
    this.flying ??= this.all().finally(() => {
      this.flying = null;
      this.again();
    });
    return this.flying;
  }

  /** Nothing is tried again by itself. */
  end(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  private again(): void {
    if (this.timer || this.files.every((f) => this.unreadable.has(f.data))) return;
    this.timer = this.later(() => void this.forward(), pause(++this.failures, null, Math.random()) * 1000);
  }

  private async all(): Promise<void> {
    for (const file of [...this.files]) {
      if (this.unreadable.has(file.data)) continue;
      if ((await this.pass(file)).kind === "kept") return;
    }
  }

  private async pass(file: SealedFile): Promise<Passed> {
    const { status, body } = await this.send(file);
    if (status === 200 && body) {
      await this.keep(this.files.filter((f) => f.data !== file.data));
      return { kind: "taken", count: body.receipts.length };
    }
    // It stays: the desk may read what this server does not.
    if (status < 400 || status >= 500) return { kind: "kept" };
    this.unreadable.add(file.data);
    return { kind: "unreadable" };
  }

  private async keep(files: SealedFile[]): Promise<void> {
    await this.store.set(NAME, files);
    this.files = files;
    this.told(files.length);
  }
}
