// A lane with a small slice, whose outcomes are taken as a page would take them.

import { Lane, type Outcome, type Told, type Who } from "../engine/lane";
import { Ledger } from "../engine/ledger";
import { People, type PersonRow } from "../engine/people";

export const PATTERN = "[A-Z]{2}[0-9]{10}";

export function tube(n: number): string {
  return `LC${String(n).padStart(10, "0")}`;
}
export function id(n: number): string {
  return `01960000-0000-7000-8000-${String(n).padStart(12, "0")}`;
}

/** Two people a door, doors 1-1-101, 1-1-102 …; marks by number. */
export function rows(count: number, marks: Record<number, number> = {}): PersonRow[] {
  return Array.from({ length: count }, (_, i): PersonRow => {
    const door = `1-${1 + (Math.floor(i / 2) % 3)}-${101 + Math.floor(i / 2)}`;
    return [id(i), `王${i}`, "w", door, Math.floor(i / 2), String(1000 + i), marks[i] ?? 0, 1];
  });
}

export class AtWork {
  readonly lane: Lane;

  constructor(size = 10, count = 40, marks: Record<number, number> = {}, ledger = new Ledger()) {
    this.lane = new Lane(ledger, new People(rows(count, marks)), { pattern: PATTERN, table: 5, size, closed: false });
  }

  take(outcome: Outcome): Outcome {
    if (outcome.tone !== "ask" && outcome.tone !== "refuse") this.lane.take(outcome);
    return outcome;
  }
  open(n: number, reason = ""): Outcome {
    return this.take(this.lane.openTube(tube(n), reason));
  }
  who(n: number): Who {
    const person = this.lane.people.get(id(n));
    return { person: id(n), name: person?.name ?? "", door: person?.door ?? "" };
  }
  scan(n: number, told: Partial<Told> = {}): Outcome {
    return this.take(this.lane.record(this.who(n), { elsewhere: null, ...told }));
  }
  inTube(n: number): (string | null)[] {
    const { ledger } = this.lane;
    return ledger.tube(tube(n), 0).entries.map((e) => ledger.entries.get(e)!.person);
  }
}
