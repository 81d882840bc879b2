// What happens when something was read: by a scanner, a card reader, the camera, or from the list.

import { readCode } from "../engine/codes";
import type { Outcome, Who } from "../engine/lane";
import { classify, type Scan } from "../engine/scan";
import { session } from "./session";
import { meet, swabbing, undoWord } from "./walking";
import { view } from "./view";

/** A code that was read. Never two at once; while a question is open nothing else is recorded. */
export function scanned(text: string, at = performance.now()): Promise<Outcome | null> {
  began(at);
  return session.act(() => {
    if (view.phase !== "lane") return null;
    if (view.ask || view.sheet === "family") return refused("answer_first");
    const scan = classify(text, session.lane.rules.pattern);
    if (view.kits && scan.kind !== "enrolment") return refused("scan_unknown");
    if (view.moving) return moved(scan);
    return dispatch(scan);
  });
}

/** Marked for whoever measures (bench/lane.py); forgotten at the next, so that a night fills nothing. */
function began(startTime: number): void {
  performance.clearMarks();
  performance.mark("scan", { startTime });
}

function refused(code: string, data: Outcome["data"] = {}): Outcome {
  return { tone: "refuse", code, data, items: [] };
}

function dispatch(scan: Scan): Promise<Outcome | null> | Outcome | null {
  switch (scan.kind) {
    case "tube":
      if (view.walking) return atDoor(scan.code);
      return asked(session.lane.openTube(scan.code), null);
    case "resident":
      return resident(scan.text);
    case "card":
      return card(scan.name, scan.number);
    case "enrolment":
      return refused("scan_enrolment");
    case "unknown":
      return refused("scan_unknown");
  }
}

function asked(outcome: Outcome, who: Who | null): Outcome {
  if (outcome.tone === "ask") view.ask = { outcome, who };
  return outcome;
}

async function resident(text: string): Promise<Outcome | null> {
  const code = await readCode(text, session.slice?.codes.keys ?? [], Math.floor(session.now() / 1000));
  if (code.verdict !== "ok") return refused(`code_${code.verdict}`);
  if (view.walking) return meet(code.persons[0]!);
  if (code.persons.length > 1) return family(code.persons);
  return record(whoIs(code.persons[0]!));
}

/** A swab at a door: the tube is opened, and who was chosen goes into it. */
async function atDoor(code: string): Promise<Outcome | null> {
  const who = swabbing();
  if (!who) return refused("swab_who");
  const opened = session.lane.openTube(code);
  if (opened.tone === "refuse") return opened;
  if (code !== session.lane.hand && !(await session.keep(opened))) return null;
  return record(who);
}

/** Somebody of the slice, or an id that the slice does not know. */
export function whoIs(id: string): Who {
  const found = session.lane.people.get(id);
  return { person: id, name: found?.name ?? "", door: found?.door ?? "", said: null };
}

async function record(who: Who, anyway = false): Promise<Outcome> {
  return asked(session.lane.record(who, { elsewhere: await session.elsewhere(who), anyway }), who);
}

async function family(ids: string[]): Promise<Outcome | null> {
  view.family = await Promise.all(
    ids.map(async (id) => {
      const who = whoIs(id);
      const before = session.lane.ledger.of(id).length > 0 || (await session.elsewhere(who)) !== null;
      return { id, name: who.name, door: who.door, recorded: before };
    }),
  );
  view.sheet = "family";
  return { tone: "warn", code: "family_who", data: { count: ids.length }, items: [] };
}

/** A card says a name: the one of that name on the list, asked for; else the list, or somebody new. A
 * reader that types the number alone leaves the name to the recorder. */
function card(name: string, number: string): Outcome {
  if (view.walking) return refused("scan_unknown");
  const found = name ? session.lane.people.named(name) : [];
  view.number = number;
  if (found.length === 1) {
    const who: Who = { ...whoIs(found[0]!.id), said: null };
    return asked({ tone: "ask", code: "card_is", data: { name: who.name, door: who.door }, items: [] }, who);
  }
  if (!name) {
    [view.query, view.sheet] = ["", "search"];
    return { tone: "warn", code: "card_find", data: {}, items: [] };
  }
  if (found.length > 1) {
    [view.query, view.sheet] = [name, "search"];
    return { tone: "warn", code: "card_several", data: { name, count: found.length }, items: [] };
  }
  Object.assign(view.draft, { name, door: "", phone: "", number, kind: "" });
  view.sheet = "unknown";
  return { tone: "warn", code: "card_new", data: {}, items: [] };
}

function moved(scan: Scan): Outcome {
  if (scan.kind !== "tube" || !view.entry) return refused("move_scan_tube");
  const outcome = session.lane.move(view.entry, scan.code);
  if (outcome.tone === "ok") Object.assign(view, { moving: false, sheet: "", entry: null });
  return outcome;
}

/** From the list or a form. */
export function recordWho(who: Who): Promise<Outcome | null> {
  began(performance.now());
  return session.act(() => record(who));
}

export async function recordFamily(ids: string[]): Promise<void> {
  view.sheet = "";
  for (const id of ids) {
    const outcome = await recordWho(whoIs(id));
    if (!outcome || outcome.tone === "ask" || outcome.tone === "refuse") return;
  }
}

/** The question is answered: record all the same, move what was before, close with a reason, or not. */
export function answer(choice: string): Promise<Outcome | null> {
  const { ask } = view;
  view.ask = null;
  if (!ask || choice === "no") return Promise.resolve(null);
  return session.act(async () => {
    const { lane } = session;
    if (ask.outcome.code === "close_short") {
      const next = String(ask.outcome.data.next);
      return next ? lane.openTube(next, choice) : lane.closeTube(choice);
    }
    if (choice === "move" && ask.who?.person) return lane.move(lane.ledger.of(ask.who.person)[0]!, lane.hand!);
    // That the card is his says nothing of the rest: it is asked again if something speaks against it.
    return ask.who ? record(ask.who, ask.outcome.code !== "card_is") : null;
  });
}

export function closeTube(): void {
  void session.act(() => asked(session.lane.closeTube(""), null));
}

export function undo(): void {
  if (!view.ask) void session.act(() => session.lane.undo());
}

/** At doors: what was done last, a word or a swab. */
export function undoLast(): void {
  const { ledger } = session.lane;
  const [word, swab] = [ledger.lastVisit(), ledger.last()];
  if (swab && (!word || swab.id > word.id)) undo();
  else void session.act(undoWord);
}
