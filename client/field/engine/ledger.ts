// Everything this phone has done, folded into tubes and entries. The same items give the same state,
// whenever and however often the page starts.

import { byId, type Item, type Receipt, type VisitBody } from "./outbox";
import { full, type TubeState } from "./tubes";

export interface Entry {
  id: string;
  tube: string;
  person: string | null;
  name: string;
  door: string;
  void: boolean;
  at: string;
  receipt: Receipt | null;
}

export interface Tube {
  code: string;
  size: number;
  closed: boolean;
  household: boolean;
  reason: string;
  entries: string[];
}

export class Ledger {
  readonly items = new Map<string, Item>();
  readonly entries = new Map<string, Entry>();
  readonly tubes = new Map<string, Tube>();
  private readonly persons = new Map<string, string[]>();
  private readonly visits = new Map<string, (Item & { list: "visits" })[]>();
  private readonly undone = new Set<string>();
  /** Words about kits, undoings too, in the order in which they were said. */
  readonly kits: (Item & { list: "kits" })[] = [];
  private living = 0;
  private sent = 0;

  /** People who are in a tube. */
  get total(): number {
    return this.living;
  }

  get unsent(): number {
    return this.items.size - this.sent;
  }

  get tubesFilled(): number {
    return Array.from(this.tubes.values()).filter((t) => t.entries.length).length;
  }

  /** Takes items in any order within one call: they are done in the order of their ids. */
  take(items: Item[]): void {
    for (const item of [...items].sort(byId)) {
      if (this.items.has(item.id)) continue;
      this.items.set(item.id, item);
      if (item.receipt) this.sent++;
      if (item.list === "records") this.record(item);
      else if (item.list === "changes") this.change(item);
      else if (item.list === "closings") this.closing(item);
      else if (item.list === "visits") this.visit(item);
      else this.kits.push(item);
    }
  }

  settle(receipts: Receipt[]): void {
    for (const receipt of receipts) {
      const item = this.items.get(receipt.id);
      if (!item) continue;
      if (!item.receipt) this.sent++;
      item.receipt = receipt;
      const entry = this.entries.get(receipt.id);
      if (entry) entry.receipt = receipt;
    }
  }

  pending(): Item[] {
    return Array.from(this.items.values()).filter((i) => !i.receipt);
  }

  tube(code: string, size: number): Tube {
    return this.tubes.get(code) ?? { code, size, closed: false, household: false, reason: "", entries: [] };
  }

  stateOf(code: string, size: number): TubeState {
    const tube = this.tube(code, size);
    return { size: tube.size, held: tube.entries.length };
  }

  /** The entries of somebody that count, the first first. */
  of(person: string): Entry[] {
    return (this.persons.get(person) ?? []).map((id) => this.entries.get(id)!).filter((e) => !e.void);
  }

  /** Whether this phone has ever recorded somebody, also if it was taken back. */
  met(person: string): boolean {
    return this.persons.has(person);
  }

  last(): Entry | null {
    let found: Entry | null = null;
    for (const entry of this.entries.values()) if (!entry.void && (!found || entry.id > found.id)) found = entry;
    return found;
  }

  /** What the server wants a person to look at. A word that another one speaks against is none. */
  doubtful(): Item[] {
    return Array.from(this.items.values()).filter(
      (i) => i.receipt && (i.receipt.state === "held" || (i.receipt.state === "flagged" && i.list !== "visits" && i.list !== "kits")),
    );
  }

  /** Everything that was said here of somebody, undoings too. */
  visitsOf(person: string): VisitBody[] {
    return (this.visits.get(person) ?? []).map((i) => i.body);
  }

  /** The newest word that stands. */
  lastVisit(): (Item & { list: "visits" }) | null {
    return this.words().reduce<(Item & { list: "visits" }) | null>((a, b) => (a && a.id > b.id ? a : b), null);
  }

  /** The words of one touch that stand. */
  together(group: string): (Item & { list: "visits" })[] {
    return this.words().filter((i) => i.about.group === group);
  }

  /** Words that were said and not taken back. */
  words(): (Item & { list: "visits" })[] {
    const all = ([] as (Item & { list: "visits" })[]).concat(...Array.from(this.visits.values()));
    return all.filter((i) => i.body.outcome !== "undo" && !this.undone.has(i.id));
  }

  private visit(item: Item & { list: "visits" }): void {
    const before = this.visits.get(item.body.person);
    if (before) before.push(item);
    else this.visits.set(item.body.person, [item]);
    if (item.body.undoes) this.undone.add(item.body.undoes);
  }

  private record(item: Item & { list: "records" }): void {
    const { body, about } = item;
    this.entries.set(item.id, {
      id: item.id, tube: body.tube, person: body.person, name: about.name, door: about.door,
      void: false, at: body.taken_at, receipt: item.receipt,
    });
    if (body.person) {
      const before = this.persons.get(body.person);
      if (before) before.push(item.id);
      else this.persons.set(body.person, [item.id]);
    }
    this.put(body.tube, item.id, about.size);
    this.living++;
  }

  private change(item: Item & { list: "changes" }): void {
    const entry = this.entries.get(item.body.record);
    if (!entry || entry.void) return;
    this.leave(entry);
    if (item.body.kind === "void") {
      entry.void = true;
      this.living--;
    } else {
      entry.tube = item.body.tube!;
      this.put(entry.tube, entry.id, item.about.size);
    }
  }

  private closing(item: Item & { list: "closings" }): void {
    const tube = this.tube(item.body.tube, item.about.size);
    tube.closed = true;
    tube.household = item.body.household;
    tube.reason = item.body.reason;
    this.tubes.set(tube.code, tube);
  }

  private put(code: string, id: string, size: number): void {
    const tube = this.tube(code, size);
    tube.entries.push(id);
    this.tubes.set(code, tube);
  }

  /** A tube that had closed itself because it was full takes people again. */
  private leave(entry: Entry): void {
    const tube = this.tubes.get(entry.tube);
    if (!tube) return;
    if (tube.closed && full({ size: tube.size, held: tube.entries.length })) tube.closed = false;
    tube.entries = tube.entries.filter((id) => id !== entry.id);
  }
}
