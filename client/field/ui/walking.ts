// The walk at work: joins the engine's walk with the session, and tells its view.

import { reactive, watch } from "vue";
import type { Outcome, Who } from "../engine/lane";
import type { VisitOutcome } from "../engine/outbox";
import { fromTop, renewed, Walk, type Counts, type Door, type Found, type More, type Part, type WalkBody } from "../engine/walk";
import { session } from "./session";
import { settings } from "./settings";
import { view } from "./view";

interface Kept {
  etag: string;
  body: WalkBody;
}

/** Milliseconds between two looks at the list because of what the server has answered. */
const SOON = 20_000;

export const walkView = reactive({
  phase: "" as "" | "choose" | "doors",
  /** Whose list: one building or stair, or how many. */
  where: "",
  parts: [] as Part[],
  chosen: [] as number[],
  exemptions: [] as WalkBody["exemptions"],
  doors: [] as Door[],
  counts: { doors: 0, left: 0, again: 0, done: 0 } as Counts,
  /** The place of the door that is open. */
  open: null as number | null,
  person: null as Found | null,
  swab: false,
  busy: false,
  failure: "",
});

let walk: Walk | null = null;
let kept: Kept | null = null;
let tables = new Map<string, number>();
let filtered: unknown;
let looked = 0;
let watching = false;

export function people(): Walk["people"] | undefined {
  return walk?.people;
}

/** What was taken down before, else what may be. */
export async function begin(): Promise<void> {
  kept = await session.store.get<Kept>("doors");
  if (kept) {
    await use(kept);
    void renew();
  } else if (session.slice?.device.walks) await take([session.slice.device.walks]);
  else await offer();
  if (watching) return;
  watching = true;
  watch(() => view.version, () => void show());
  watch(() => settings.fromTop, () => void turn());
  watch(() => view.phase, (phase) => phase !== "lane" && forget());
  watch(() => view.line, (now, before) => now === "idle" && before === "sending" && void soon());
  watch(() => view.online, (on) => on && void soon());
}

/** Names go with the list; what is unsent stays. */
function forget(): void {
  [walk, kept, tables] = [null, null, new Map()];
  Object.assign(walkView, { doors: [], person: null, open: null, phase: "" });
}

/** Parts to choose from; the list stays until another is taken. */
export async function offer(): Promise<void> {
  walkView.phase = "choose";
  walkView.chosen = kept?.body.at ?? [];
  const answer = await ask([], "");
  if (answer.body) Object.assign(walkView, { parts: answer.body.parts, where: answer.body.base.name });
}

async function ask(at: number[], etag: string): ReturnType<typeof session.doors> {
  walkView.busy = true;
  const answer = await session.doors(at, etag);
  walkView.busy = false;
  walkView.failure = answer.status === 0 ? "offline" : answer.status < 400 ? "" : answer.code || "failed";
  if (answer.status === 410) void session.refresh();
  return answer;
}

/** These doors, down to the phone: from here on no network is needed. */
export async function take(at: number[]): Promise<void> {
  const answer = await ask(at, "");
  if (!answer.body) {
    const { failure } = walkView;
    if (walkView.phase === "") await offer();
    if (failure) walkView.failure = failure;
    return;
  }
  await session.refreshFilter();
  walkView.open = null;
  await keep({ etag: answer.etag, body: answer.body });
}

async function keep(fresh: Kept): Promise<void> {
  if (view.phase !== "lane") return; // revoked or over meanwhile: no names any more
  kept = fresh;
  await session.store.set("doors", fresh);
  await use(fresh);
}

async function use({ body }: Kept): Promise<void> {
  filtered = undefined; // other people: looked up again
  walk = new Walk(session.lane.ledger, body.people, session.slice?.device.swabs ?? false);
  const names = body.parts.filter((p) => body.at.includes(p.id)).map((p) => p.name);
  walkView.where = body.at.includes(body.base.id) ? body.base.name : `${body.base.name} ${names.join("、")}`;
  Object.assign(walkView, { parts: body.parts, exemptions: body.exemptions, phase: "doors" });
  await show();
  if (walkView.open === null) nextDoor();
}

/** The list anew, where there is a network: who was tested meanwhile is passed by. */
async function renew(): Promise<void> {
  if (!kept || walkView.busy || view.phase !== "lane") return;
  looked = Date.now();
  const { etag, body } = kept;
  await session.refreshFilter();
  const answer = await ask(body.at, etag);
  if (answer.body) await keep({ etag: answer.etag, body: { ...answer.body, people: renewed(body.people, answer.body.people) } });
}

/** At once where the server has told of a table that this phone knows nothing of. */
function soon(): Promise<void> | void {
  const told = walkView.doors.some((d) => d.people.some((p) => p.code === "person_already_recorded" && p.state !== "tested"));
  if (told || Date.now() - looked > SOON) return renew();
}

async function show(): Promise<void> {
  if (!walk) return;
  if (session.filter !== filtered) {
    filtered = session.filter;
    tables = await recorded();
  }
  const doors = walk.doors(tables);
  walkView.doors = settings.fromTop ? fromTop(doors) : doors;
  walkView.counts = walk.counts(walkView.doors);
  const { person } = walkView;
  if (person) walkView.person = found(person.id);
}

/** The other way round: on with the first door of the new order. */
async function turn(): Promise<void> {
  await show();
  walkView.open = null;
  if (walkView.counts.left + walkView.counts.again) nextDoor();
}

/** Who has been recorded, by the filter; what this phone has taken back does not count. */
async function recorded(): Promise<Map<string, number>> {
  const known = new Map<string, number>();
  const { ledger, rules } = session.lane;
  for (const person of walk?.people.all ?? []) {
    const table = (await session.filter?.tableOf(person.id)) ?? null;
    if (table !== null && !(table === rules.table && ledger.met(person.id))) known.set(person.id, table);
  }
  return known;
}

export function found(id: string): Found | null {
  for (const door of walkView.doors) for (const person of door.people) if (person.id === id) return person;
  return null;
}

/** Open somebody's door and ask what was found: from the list, the search, or a code that was read. */
export function meet(id: string): Outcome | null {
  const person = found(id);
  if (!person) return { tone: "refuse", code: "walk_not_listed", data: {}, items: [] };
  Object.assign(walkView, { open: person.place, person, swab: false });
  view.sheet = "";
  return null;
}

export function beginSwab(): void {
  view.last = null;
  walkView.swab = true;
}

/** Who is being swabbed: the tube that is scanned next is his. */
export function swabbing(): Who | null {
  const { person, swab } = walkView;
  return person && swab ? { person: person.id, name: person.name, door: person.door, said: null } : null;
}

export async function note(person: string, outcome: VisitOutcome, more: More = {}): Promise<void> {
  const done = await session.act(() => walk?.note(person, outcome, more) ?? null);
  if (done?.tone === "ok") Object.assign(walkView, { person: null, swab: false });
}

export function nobody(door: Door): void {
  void session.act(() => walk?.nobody(door) ?? null);
}

export function undoWord(): Outcome {
  return walk?.undo() ?? { tone: "refuse", code: "nothing_to_undo", data: {}, items: [] };
}

/** On to the next door, into the middle of the screen. */
export function nextDoor(): void {
  const door = walk?.next(walkView.doors, walkView.open) ?? null;
  if (!door) return session.say("closed", "walk_done");
  walkView.open = door.place;
}
