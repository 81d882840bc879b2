// What this phone has done, as it is sent: records, changes, closings, visits, kits. In the order of their ids.

export type List = "records" | "changes" | "closings" | "visits" | "kits";

export interface RecordBody {
  id: string;
  tube: string;
  taken_at: string;
  person: string | null;
  said: Record<string, string> | null;
  /** How many the tube may hold; 0: one household's. */
  size: number;
}
export interface ChangeBody {
  id: string;
  record: string;
  kind: "void" | "move";
  reason?: string;
  tube?: string;
  made_at: string;
}
export interface ClosingBody {
  id: string;
  tube: string;
  count: number;
  household: boolean;
  reason: string;
  closed_at: string;
}

export type VisitOutcome = "away" | "refused" | "exempt" | "home_visit" | "not_found" | "came" | "moved";
export interface VisitBody {
  id: string;
  outcome: VisitOutcome | "undo";
  person: string;
  undoes?: string;
  rule?: string;
  until?: string;
  note?: string;
  made_at: string;
}

/** As docs/reference/sync.md has it. */
export interface KitBody {
  id: string;
  kind: "issue" | "result" | "undo";
  door?: number;
  day?: number;
  kits?: number;
  store?: string;
  person?: string;
  value?: string;
  undoes?: string;
  made_at: string;
}

export interface Receipt {
  id: string;
  state: string;
  code: string;
  received_at: string;
  /** Of kits: who was faster and when, how many are due. */
  data?: Record<string, string | number>;
}

/** `about` stays on the phone: what the screen shows of it. */
export interface About {
  name: string;
  door: string;
  size: number;
  /** Words that were said with one touch: the id of the first. */
  group?: string;
}

interface Kept {
  id: string;
  about: About;
  receipt: Receipt | null;
}
export type Item =
  | (Kept & { list: "records"; body: RecordBody })
  | (Kept & { list: "changes"; body: ChangeBody })
  | (Kept & { list: "closings"; body: ClosingBody })
  | (Kept & { list: "visits"; body: VisitBody })
  | (Kept & { list: "kits"; body: KitBody });

export interface Batch {
  records: RecordBody[];
  changes: ChangeBody[];
  closings: ClosingBody[];
  visits?: VisitBody[];
  kits?: KitBody[];
}

export const LIMIT = 500;

export function byId(a: { id: string }, b: { id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** The oldest unsent first, at most `limit`. */
export function nextBatch(unsent: Iterable<Item>, limit = LIMIT): Item[] {
  return Array.from(unsent).sort(byId).slice(0, limit);
}

export function batchOf(items: Iterable<Item>): Batch {
  const batch: Batch = { records: [], changes: [], closings: [] };
  for (const item of items) {
    if (item.list === "records") batch.records.push(item.body);
    else if (item.list === "changes") batch.changes.push(item.body);
    else if (item.list === "closings") batch.closings.push(item.body);
    else if (item.list === "visits") (batch.visits ??= []).push(item.body);
    else (batch.kits ??= []).push(item.body);
  }
  return batch;
}

const STATES: Record<List, string[]> = {
  records: ["accepted", "flagged", "held", "void"],
  changes: ["accepted", "waiting", "held"],
  // Waiting: the tube is closed; the server goes on counting by itself, also somebody who is held there.
  closings: ["accepted", "waiting", "flagged", "held"],
  visits: ["accepted", "flagged", "waiting", "held"],
  kits: ["accepted", "flagged", "waiting", "held"],
};

/** Whether the server has taken an entry: any receipt that it may answer for it. An entry without one
 * is sent again. */
export function acknowledged(item: Item, receipt: Receipt | undefined): receipt is Receipt {
  return receipt !== undefined && STATES[item.list].includes(receipt.state);
}

/** Seconds to wait after so many failures in a row; what the server asks for goes before. */
export function pause(failures: number, retryAfter: number | null, chance: number): number {
  if (retryAfter !== null) return Math.min(Math.max(retryAfter, 1), 600) * (1 + 0.25 * chance);
  return Math.min(60, 2 ** Math.min(failures, 6)) * (0.5 + 0.5 * chance);
}
