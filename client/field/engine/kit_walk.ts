// The walk with kits: which door is due what, what was handed out, what the kits showed. Decides; writes
// nothing, as the lane.

import { newId } from "./ids";
import {
  cityTime, dayState, doorDecision, inHand, issueDay, resultDecision, standing, valueOf,
  type DayState, type DoorCode, type Had, type KitWord, type ResultKind, type SeriesFacts,
} from "./kits";
import type { Outcome, Tone } from "./lane";
import type { Ledger } from "./ledger";
import type { Item, KitBody, Receipt } from "./outbox";
import { People } from "./people";
import type { SealingKey } from "./sealing";

/** As it comes (docs/reference/sync.md). */
export interface KitSlice {
  phone: { id: string; expires_at: string };
  series: SeriesFacts & { id: string; title: string; late_hour: number; zone_minutes: number; results: ResultKind[] };
  place: { id: number; name: string };
  stores: { id: string; name: string }[];
  /** Door, label, where it lies. */
  doors: [number, string, string][];
  /** Id, name, initials, door, telephone. */
  people: [string, string, string, number, string][];
  /** Id, door, what it covers, kits, when, by whom. */
  issues: [string, number, number, number, string, string][];
  /** Person, day, value. */
  results: [string, number, string][];
  held: string[];
  sealing: SealingKey;
  now: string;
}

type KitItem = Item & { list: "kits" };

/** Somebody behind a door on a day. `own`: this phone has said it; `code`: what the server answered. */
export interface Tester {
  id: string;
  name: string;
  phone: string;
  value: string;
  state: DayState;
  /** Other days for which a result is late. */
  late: number[];
  own: string | null;
  code: string;
}
/** This phone's issue at a door. */
export interface Own {
  id: string;
  kits: number;
  receipt: Receipt | null;
}
export interface KitDoor {
  place: number;
  label: string;
  stair: string;
  people: Tester[];
  code: DoorCode;
  /** Kits due now. */
  due: number;
  had: Had | null;
  kits: number;
  own: Own | null;
  /** People whose result of the day is not in. */
  missing: number;
}
export interface KitCounts {
  doors: number;
  left: number;
  missing: number;
  due: number;
}
/** What was counted into the bag, after which word. */
export interface Bag {
  counted: number;
  since: string;
}

const DOUBLE = "kits_already_issued";
const STANDS = "kit_result_stands";

function said(tone: Tone, code: string, data: Outcome["data"] = {}, items: Item[] = []): Outcome {
  return { tone, code, data, items };
}

function wordOf({ body }: KitItem): KitWord {
  const { id, kind, door, day, kits, person, value, undoes } = body;
  return { id, kind, door, day, kits, person, value, undoes };
}

export class KitWalk {
  readonly people: People;
  private readonly behind = new Map<number, KitSlice["people"]>();
  private readonly had = new Map<number, (Had & { kits: number })[]>();
  private readonly told = new Map<string, string>();
  private readonly held: Set<string>;

  constructor(
    private readonly ledger: Ledger,
    readonly slice: KitSlice,
    private readonly now: () => number = () => Date.now(),
    private readonly id: () => string = newId,
  ) {
    const labels = new Map(slice.doors.map(([door, label]) => [door, label]));
    this.people = new People(slice.people.map((p) => [p[0], p[1], p[2], labels.get(p[3]) ?? "", p[3], p[4].slice(-4), 0, p[3]]));
    for (const row of slice.people) put(this.behind, row[3], row);
    for (const [id, door, day, kits, at, by] of slice.issues) put(this.had, door, { id, day, kits, at, by });
    for (const [person, day, value] of slice.results) this.told.set(`${person} ${day}`, value);
    this.held = new Set(slice.held);
  }

  /** Doors in walking order, on a day of the series. */
  doors(day: number): KitDoor[] {
    const words = this.news();
    const own = this.own();
    const known = this.known(words, own);
    return this.slice.doors.map(([place, label, stair]) => {
      const rows = this.behind.get(place) ?? [];
      const had = this.had.get(place) ?? [];
      const { code, kits: due, had: before } = doorDecision(this.slice.series, day, rows.length, had, words, place);
      const mine = this.issueAt(own, place, day);
      const people = rows.map((row) => this.tester(row, day, known(row[0])));
      const kits = had.find((h) => h.id === before?.id)?.kits ?? mine?.kits ?? 0;
      const missing = people.filter((p) => p.state === "due" || p.state === "late").length;
      return { place, label, stair, people, code, due, had: before, kits, own: mine, missing };
    });
  }

  private issueAt(own: KitItem[], place: number, day: number): Own | null {
    const covers = issueDay(this.slice.series, day);
    const item = own.find((i) => i.body.kind === "issue" && i.body.door === place && i.body.day === covers);
    return item ? { id: item.id, kits: item.body.kits!, receipt: item.receipt } : null;
  }

  /** What was said of somebody: the news, and this phone's items. */
  private known(news: KitWord[], own: KitItem[]): (person: string) => { words: KitWord[]; items: KitItem[] } {
    const words = new Map<string, KitWord[]>();
    const items = new Map<string, KitItem[]>();
    for (const word of standing(news)) if (word.person) put(words, word.person, word);
    for (const item of own) if (item.body.person) put(items, item.body.person, item);
    return (person) => ({ words: words.get(person) ?? [], items: items.get(person) ?? [] });
  }

  private tester(
    row: KitSlice["people"][number], day: number, { words, items }: { words: KitWord[]; items: KitItem[] },
  ): Tester {
    const [id, name, , , phone] = row;
    const { series } = this.slice;
    const at = this.at();
    const stateOn = (on: number): [string, DayState] => {
      const value = valueOf(id, on, this.told.get(`${id} ${on}`) ?? "", words);
      return [value, dayState(series.results, series, on, value, this.held.has(id), at, series.late_hour)];
    };
    const [value, state] = stateOn(day);
    const late = series.days.filter((on) => on !== day && stateOn(on)[1] === "late");
    const item = items.filter((i) => i.body.day === day).pop();
    return { id, name, phone, value, state, late, own: item?.id ?? null, code: item?.receipt?.code ?? "" };
  }

  at(): { today: string; hour: number } {
    return cityTime(this.now(), this.slice.series.zone_minutes);
  }

  /** Kits for a door, out of a store. */
  issue(place: number, day: number, store: string, bag: Bag | null): Outcome {
    const door = this.doors(day).find((d) => d.place === place);
    if (!door) return said("refuse", "kit_not_listed");
    const about = { name: "", door: door.label, size: 0 };
    const data = { door: door.label, n: door.due };
    if (door.code === "already_issued") return said("refuse", "kit_already", { ...data, by: door.had!.by, at: door.had!.at });
    if (door.code !== "due") return said("refuse", `kit_${door.code}`, data);
    if (!store) return said("refuse", "kit_no_store");
    const covers = issueDay(this.slice.series, day);
    const item = this.word({ kind: "issue", door: place, day: covers, kits: door.due, store }, about);
    const left = bag ? this.hand(bag) - door.due : 0;
    return said(left < 0 ? "warn" : "ok", left < 0 ? "kits_handed_over" : "kits_handed", { ...data, left }, [item]);
  }

  /** What somebody's kit showed. */
  result(person: string, day: number, value: string): Outcome {
    const row = this.slice.people.find((p) => p[0] === person);
    if (!row) return said("refuse", "kit_not_listed");
    const door = this.people.get(person)!.door;
    const known = valueOf(person, day, this.told.get(`${person} ${day}`) ?? "", this.news());
    const { series } = this.slice;
    const asked = resultDecision(series.results, series, day, this.at().today, known, value);
    const data = { name: row[1], door, value };
    if (asked !== "allowed") return said("refuse", `kit_${asked}`, data);
    const positive = series.results.some((k) => k.key === value && k.recall);
    const item = this.word({ kind: "result", door: row[3], day, person, value }, { name: row[1], door, size: 0 });
    return said(positive ? "warn" : "ok", positive ? "kit_positive" : "kit_result", data, [item]);
  }

  /** A word of this phone is taken back; the newest if none is named. */
  undo(id: string | null = null): Outcome {
    const own = this.own();
    const item = id ? own.find((i) => i.id === id) : own[own.length - 1];
    if (!item) return said("refuse", "nothing_to_undo");
    const { body, about } = item;
    const data = { name: about.name, door: about.door, n: body.kits ?? 0 };
    const recall = this.slice.series.results.some((k) => k.key === body.value && k.recall);
    // The server knows of it: a re-test is on its way.
    if (recall && item.receipt?.state === "accepted") return said("refuse", "kit_result_stands", data);
    const code = body.kind === "issue" ? "kits_back" : "kit_result_back";
    return said("ok", code, data, [this.word({ kind: "undo", undoes: item.id }, about)]);
  }

  hand(bag: Bag): number {
    return inHand(bag.counted, bag.since, this.said());
  }

  /** So many are in the bag from here on. */
  count(counted: number): Bag {
    const { kits } = this.ledger;
    return { counted, since: kits.length ? kits[kits.length - 1]!.id : "" };
  }

  /** The next door with kits due, after this one and around; then with a result missing. */
  next(doors: KitDoor[], from: number | null): KitDoor | null {
    const at = doors.findIndex((d) => d.place === from);
    const around = [...doors.slice(at + 1), ...doors.slice(0, at + 1)].filter((d) => d.place !== from);
    return around.find((d) => d.due) ?? around.find((d) => d.missing) ?? null;
  }

  counts(doors: KitDoor[]): KitCounts {
    const sum = (of: (d: KitDoor) => number): number => doors.reduce((total, d) => total + of(d), 0);
    return { doors: doors.length, left: doors.filter((d) => d.due).length, missing: sum((d) => d.missing), due: sum((d) => d.due) };
  }

  /** Everything that was said here, without undoings that the server could not do. */
  private said(): KitWord[] {
    return this.ledger.kits.filter((i) => !(i.body.kind === "undo" && i.receipt?.state === "held")).map(wordOf);
  }

  /** This phone's words that stand. */
  private own(): KitItem[] {
    const stands = new Set(standing(this.said()).map((w) => w.id));
    return this.ledger.kits.filter((i) => stands.has(i.id));
  }

  /** What the list does not know yet: it has what was received before it was made. A result that could not take
   * another's place says nothing. */
  private news(): KitWord[] {
    const made = Date.parse(this.slice.now);
    const items = new Map(this.ledger.kits.map((i) => [i.id, i]));
    const known = (i: KitItem): boolean => i.receipt?.state === "accepted" && Date.parse(i.receipt.received_at) < made;
    return this.said().filter(({ id, kind, undoes }) => {
      const item = items.get(id)!;
      if (kind === "undo") return !(known(item) && (!items.has(undoes!) || known(items.get(undoes!)!)));
      if (kind === "result" && (item.receipt?.code === STANDS || item.receipt?.state === "held")) return false;
      return !known(item);
    });
  }

  private word(said: Omit<KitBody, "id" | "made_at">, about: KitItem["about"]): KitItem {
    const id = this.id();
    const body: KitBody = { id, ...said, made_at: new Date().toISOString() };
    return { id, list: "kits", body, about, receipt: null };
  }
}

/** Whether the server has told that somebody else had been at the door. */
export function isDouble(own: Own | null): boolean {
  return own?.receipt?.code === DOUBLE;
}

function put<K, V>(of: Map<K, V[]>, key: K, value: V): void {
  const before = of.get(key);
  if (before) before.push(value);
  else of.set(key, [value]);
}
