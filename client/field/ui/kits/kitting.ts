// The walk with kits at work: joins the engine's walk with the session, and tells its view.

import { reactive, watch } from "vue";
import { dayOn } from "../../engine/kits";
import { KitWalk, type Bag, type KitCounts, type KitDoor, type KitSlice, type Tester } from "../../engine/kit_walk";
import { session } from "../session";
import { view } from "../view";

/** Milliseconds between two looks at the list because of what the server has answered. */
const SOON = 20_000;

export const kitView = reactive({
  doors: [] as KitDoor[],
  counts: { doors: 0, left: 0, missing: 0, due: 0 } as KitCounts,
  days: [] as number[],
  day: 0,
  open: null as number | null,
  person: null as Tester | null,
  /** A positive is asked for twice. */
  sure: false,
  stores: [] as KitSlice["stores"],
  store: "",
  hand: null as number | null,
  counting: false,
});

let walk: KitWalk | null = null;
let bag: Bag | null = null;
let watching = false;
let looked = Date.now();

export function people(): KitWalk["people"] | undefined {
  return walk?.people;
}

export async function begin(): Promise<void> {
  bag = await session.store.get<Bag>("bag");
  kitView.store = (await session.store.get<string>("from")) ?? "";
  show();
  if (kitView.open === null && kitView.counts.left + kitView.counts.missing) nextDoor();
  if (watching) return;
  watching = true;
  watch(() => view.version, show);
  watch(() => view.line, (now, before) => now === "idle" && before === "sending" && soon());
  watch(() => view.online, (on) => on && soon());
}

/** The list anew where words were refused: who was faster is on it. */
function soon(): void {
  if (Date.now() - looked < SOON || view.phase !== "lane") return;
  renew();
}

export function renew(): void {
  looked = Date.now();
  void session.refresh();
}

function show(): void {
  const slice = session.kits;
  if (!slice) return forget();
  if (walk?.slice !== slice) use(slice);
  kitView.doors = walk!.doors(kitView.day);
  kitView.counts = walk!.counts(kitView.doors);
  kitView.hand = bag ? walk!.hand(bag) : null;
  const { person } = kitView;
  if (person) kitView.person = tester(person.id);
}

function use(slice: KitSlice): void {
  walk = new KitWalk(session.lane.ledger, slice, () => session.now());
  const { days } = slice.series;
  Object.assign(kitView, { days, stores: slice.stores });
  if (!days.includes(kitView.day)) kitView.day = dayOn(slice.series, walk.at().today);
  if (!slice.stores.some((s) => s.id === kitView.store)) kitView.store = slice.stores[0]?.id ?? "";
}

/** Names go with the list; what is unsent stays. */
function forget(): void {
  walk = null;
  Object.assign(kitView, { doors: [], person: null, open: null });
}

export function choose(day: number): void {
  kitView.day = day;
  show();
}

export function from(store: string): void {
  kitView.store = store;
  void session.store.set("from", store);
}

function tester(id: string): Tester | null {
  for (const door of kitView.doors) for (const person of door.people) if (person.id === id) return person;
  return null;
}

export function meet(id: string): void {
  const door = kitView.doors.find((d) => d.people.some((p) => p.id === id));
  if (door) Object.assign(kitView, { open: door.place, person: null });
}

export function ask(person: Tester): void {
  view.last = null;
  Object.assign(kitView, { person, sure: false });
}

export function handOut(place: number): void {
  void session.act(() => walk?.issue(place, kitView.day, kitView.store, bag) ?? null);
}

export async function enter(value: string): Promise<void> {
  const { person } = kitView;
  if (!person) return;
  const done = await session.act(() => walk?.result(person.id, kitView.day, value) ?? null);
  if (done?.tone !== "refuse") Object.assign(kitView, { person: null, sure: false });
}

export async function undo(id: string | null = null): Promise<void> {
  const done = await session.act(() => walk?.undo(id) ?? null);
  if (done?.tone === "ok") Object.assign(kitView, { person: null, sure: false });
}

/** So many are in the bag from now on; null: nobody counts. */
export async function count(counted: number | null): Promise<void> {
  bag = counted === null || !walk ? null : walk.count(counted);
  await session.store.set("bag", bag);
  kitView.counting = false;
  show();
}

export function nextDoor(): void {
  const door = walk?.next(kitView.doors, kitView.open) ?? null;
  const { left, missing } = kitView.counts;
  if (door) kitView.open = door.place;
  else if (kitView.doors.length) session.say("closed", left || missing ? "kit_only_here" : "kit_all_done");
}
