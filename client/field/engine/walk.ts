// The walk from door to door: who is missing where, what was found. Decides; writes nothing, as the lane.

import { newId } from "./ids";
import type { Outcome } from "./lane";
import type { Ledger } from "./ledger";
import type { Item, VisitBody, VisitOutcome } from "./outbox";
import { People } from "./people";
import { finding } from "./visits";

/** As it comes (docs/reference/sync.md): id, name, initials, door, place, phone, born, outcome, rule,
 * until, note, remarks. */
export type WalkRow = [
  string, string, string, string, number, string, number | null, string, string, string | null, string, string,
];

export interface Part {
  id: number;
  name: string;
  kind: string;
  missing: number;
}
export interface WalkBody {
  base: { id: number; name: string };
  at: number[];
  parts: Part[];
  exemptions: { key: string; zh: string; en: string }[];
  people: WalkRow[];
  now: string;
}

/** Somebody behind a door. `state`: the word that holds, `tested`, `gone` (not looked for any more), or
 * nothing. `own`: this phone has said it. `table`: where he was recorded, as far as is known. `code`: what the
 * server answered to this phone's word. */
export interface Found {
  id: string;
  name: string;
  door: string;
  place: number;
  phone: string;
  born: number | null;
  remarks: string;
  state: string;
  own: boolean;
  sent: boolean;
  rule: string;
  until: string | null;
  note: string;
  table: number | null;
  code: string;
  left: boolean;
}
export interface Door {
  place: number;
  label: string;
  people: Found[];
  /** People to be found yet. */
  left: number;
}
export interface Counts {
  doors: number;
  left: number;
  /** Doors where this phone found nobody: once more at the end. */
  again: number;
  done: number;
}
export interface More {
  rule?: string;
  until?: string;
  note?: string;
}

const AGAIN = ["", "not_found", "came"];

/** A list that came anew: who has dropped out of it stays visible, as somebody to pass by. */
export function renewed(before: WalkRow[], fresh: WalkRow[]): WalkRow[] {
  const there = new Map(fresh.map((row) => [row[0], row]));
  const known = new Set(before.map((row) => row[0]));
  const kept = before.map((row) => there.get(row[0]) ?? gone(row));
  const added = fresh.filter((row) => !known.has(row[0]));
  if (!added.length) return kept;
  const order = new Map(fresh.map((row, i) => [row[4], i]));
  const at = (row: WalkRow): number => order.get(row[4]) ?? Infinity;
  return [...kept, ...added].sort((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
}

/** The same doors with each stair from its top floor down: for a pair that takes the lift up. Stairs keep
 * their order. */
export function fromTop(doors: Door[]): Door[] {
  const turned: Door[] = [];
  let begin = 0;
  doors.forEach((door, i) => {
    if (i && stair(door.label) !== stair(doors[i - 1]!.label)) begin = i;
    turned.splice(begin, 0, door);
  });
  return turned;
}

/** Building and stair of a door, as in `3-2-501`; without stairs the building. */
function stair(label: string): string {
  const parts = label.split(/[\s_\-–—]+/);
  return parts.slice(0, Math.max(1, Math.min(2, parts.length - 1))).join("-");
}

function gone(row: WalkRow): WalkRow {
  const copy = [...row] as WalkRow;
  copy[7] = "gone";
  return copy;
}

export class Walk {
  readonly people: People;
  private readonly rows: Map<string, WalkRow>;

  constructor(
    private readonly ledger: Ledger,
    rows: WalkRow[],
    private readonly swabs: boolean,
    private readonly now: () => Date = () => new Date(),
    private readonly id: () => string = newId,
  ) {
    this.rows = new Map(rows.map((row) => [row[0], row]));
    this.people = new People(rows.map((r) => [r[0], r[1], r[2], r[3], r[4], r[5].slice(-4), 0, r[4]]));
  }

  /** Doors in walking order; `tables`: who was recorded elsewhere. */
  doors(tables: Map<string, number> = new Map()): Door[] {
    const doors = new Map<number, Door>();
    for (const row of this.rows.values()) {
      const found = this.found(row, tables);
      const door = doors.get(found.place);
      if (door) door.people.push(found);
      else doors.set(found.place, { place: found.place, label: found.door, people: [found], left: 0 });
    }
    const all = Array.from(doors.values());
    for (const door of all) door.left = door.people.filter((p) => p.left).length;
    return all;
  }

  /** What is known of somebody: at a table before all, then this phone's word, then what the list says. */
  private found(row: WalkRow, tables: Map<string, number>): Found {
    const [id, name, , door, place, phone, born, outcome, rule, until, note, remarks] = row;
    const known = { id, name, door, place, phone, born, remarks, table: tables.get(id) ?? null };
    const own = this.own(id);
    const here = this.ledger.of(id);
    const tested = here.length > 0 || known.table !== null;
    const item = own ? this.ledger.items.get(own.id) : here.length ? this.ledger.items.get(here[0]!.id) : undefined;
    const state = tested ? "tested" : (own?.outcome ?? outcome);
    const said = own ?? { rule, until, note };
    return {
      ...known, state, own: own !== null || here.length > 0, sent: Boolean(item?.receipt), code: item?.receipt?.code ?? "",
      rule: said.rule ?? "", until: said.until ?? null, note: said.note ?? "",
      left: !tested && !own && (AGAIN.includes(outcome) || (this.swabs && outcome === "home_visit")),
    };
  }

  /** This phone's word that holds. */
  private own(person: string): VisitBody | null {
    const words = this.ledger.visitsOf(person);
    const holds = finding(words.map((w) => ({ id: w.id, by: "", outcome: w.outcome, received: 0, undoes: w.undoes ?? null })));
    return holds ? words.find((w) => w.id === holds.id)! : null;
  }

  note(person: string, outcome: VisitOutcome, more: More = {}): Outcome {
    const row = this.rows.get(person);
    if (!row) return { tone: "refuse", code: "walk_not_listed", data: {}, items: [] };
    const data = { name: row[1], door: row[3] };
    return { tone: "ok", code: `found_${outcome}`, data, items: [this.word(row, outcome, more)] };
  }

  /** Nobody opened: everybody behind the door who is still to be found. */
  nobody(door: Door): Outcome {
    const left = door.people.filter((p) => p.left);
    const items = left.map((p) => this.word(this.rows.get(p.id)!, "not_found"));
    for (const item of items) item.about.group = items[0]!.id;
    return { tone: items.length ? "ok" : "refuse", code: items.length ? "found_nobody" : "nobody_left", data: { door: door.label }, items };
  }

  /** The newest word of this phone is taken back; of a door where nobody opened, all of them. */
  undo(): Outcome | null {
    const last = this.ledger.lastVisit();
    if (!last) return null;
    const together = last.about.group ? this.ledger.together(last.about.group) : [last];
    const data = { name: last.about.name, door: last.about.door };
    return { tone: "ok", code: "word_undone", data, items: together.map((item) => this.undoing(item)) };
  }

  /** The next door with somebody to find, after this one and around; then those where nobody opened. */
  next(doors: Door[], from: number | null): Door | null {
    const at = doors.findIndex((d) => d.place === from);
    const around = [...doors.slice(at + 1), ...doors.slice(0, at + 1)];
    return around.find((d) => d.left && d.place !== from) ?? around.find((d) => d.left) ?? around.find(again) ?? null;
  }

  counts(doors: Door[]): Counts {
    const left = doors.filter((d) => d.left).length;
    const twice = doors.filter((d) => !d.left && again(d)).length;
    return { doors: doors.length, left, again: twice, done: doors.length - left - twice };
  }

  private word(row: WalkRow, outcome: VisitOutcome, more: More = {}): Item {
    const id = this.id();
    const body: VisitBody = { id, outcome, person: row[0], made_at: this.now().toISOString(), ...more };
    return { id, list: "visits", body, about: { name: row[1], door: row[3], size: 0 }, receipt: null };
  }

  private undoing({ id: undoes, body, about }: Item & { list: "visits" }): Item {
    const id = this.id();
    const word: VisitBody = { id, outcome: "undo", person: body.person, undoes, made_at: this.now().toISOString() };
    return { id, list: "visits", body: word, about, receipt: null };
  }
}

function again(door: Door): boolean {
  return door.people.some((p) => p.own && p.state === "not_found");
}
