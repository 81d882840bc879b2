// The second place of what is unsent, at work: filled and emptied one step after the other, held against the
// first when the page starts; what only it knows goes to the server as it is.

import type { Ledger } from "../engine/ledger";
import type { Item } from "../engine/outbox";
import { Sealer, type SealedFile, type SealingKey } from "../engine/sealing";
import { Turns } from "../engine/turns";
import { Mirror } from "./mirror";

type Send = (file: SealedFile) => Promise<{ status: number }>;

export class Copies {
  private sealer: Sealer | null = null;
  private readonly turns = new Turns();

  private constructor(
    private readonly mirror: Mirror,
    private readonly send: Send,
  ) {}

  static async open(send: Send): Promise<Copies> {
    return new Copies(await Mirror.open(), send);
  }

  /** From here on entries are sealed with this key. */
  async sealWith(sealing: SealingKey, device: string, token: string): Promise<void> {
    this.sealer = await Sealer.make(sealing, device, token);
  }

  put(items: Item[]): void {
    const { sealer } = this;
    if (sealer) void this.turns.do(() => this.mirror.put(items, sealer));
  }

  drop(items: Item[]): void {
    void this.turns.do(() => this.mirror.drop(items.map((i) => i.id)));
  }

  /** As one file, for the desk or another phone; null where there is nothing, or no key yet. */
  async file(items: Item[]): Promise<SealedFile | null> {
    return this.sealer && items.length ? this.sealer.seal(items) : null;
  }

  async count(): Promise<number> {
    return (await this.mirror.ids()).length;
  }

  /** All that is there goes to the server: the phone is nobody's yet. */
  async rescueAll(): Promise<void> {
    for (const id of await this.mirror.ids()) await this.rescue(id);
  }

  /** It holds what is unsent and nothing else; how many entries were known to it alone and are sent. */
  check(ledger: Ledger): Promise<number> {
    return this.turns.do(async () => {
      const kept = new Set(await this.mirror.ids());
      if (this.sealer) await this.mirror.put(ledger.pending().filter((i) => !kept.has(i.id)), this.sealer);
      let rescued = 0;
      for (const id of kept) {
        if (ledger.items.get(id)?.receipt) await this.mirror.drop([id]);
        else if (!ledger.items.has(id) && (await this.rescue(id))) rescued++;
      }
      return rescued;
    });
  }

  private async rescue(id: string): Promise<boolean> {
    const file = await this.mirror.file(id);
    const answer = file ? await this.send(file) : null;
    if (answer?.status !== 200) return false;
    await this.mirror.drop([id]);
    return true;
  }

  wipe(): Promise<void> {
    return this.mirror.wipe();
  }
}
