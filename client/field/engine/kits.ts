// Kits at doors: how many a door is due, who has had them, how somebody stands on a day, what is left in the
// hand. The same as `muster.protocols.kit_words` and `kits`; both are held to vectors/kits.json.

export interface SeriesFacts {
  /** Day 1, as 2022-04-03. */
  starts_on: string;
  days: number[];
  kits_per_person: number;
  /** Kits are issued day by day; otherwise all at once. */
  daily: boolean;
  closed: boolean;
}
export interface ResultKind {
  key: string;
  recall: boolean;
  releases: boolean;
}

/** One word of this phone. An issue: `door`, what it covers (`day`, 0 the whole series), `kits`. */
export interface KitWord {
  id: string;
  kind: "issue" | "result" | "undo";
  door?: number;
  day?: number;
  kits?: number;
  person?: string;
  value?: string;
  undoes?: string;
}

/** Kits that a door has had by the list. */
export interface Had {
  id: string;
  day: number;
  by: string;
  at: string;
}
export type DoorCode = "due" | "already_issued" | "series_closed" | "nobody_lives_here";
export interface DoorDecision {
  code: DoorCode;
  kits: number;
  had: Had | null;
}
export type DayState = "done" | "due" | "late" | "ahead" | "held";

/** What an issue covers that has no day of its own. */
const WHOLE = 0;
const DAY = 86_400_000;

export function issueDay(series: SeriesFacts, day: number): number {
  return series.daily ? day : WHOLE;
}

/** The date of a day of the series. */
export function dateOf(series: SeriesFacts, day: number): string {
  return new Date(Date.parse(`${series.starts_on}T00:00:00Z`) + (day - 1) * DAY).toISOString().slice(0, 10);
}

/** The city's date and hour at a moment. */
export function cityTime(ms: number, zoneMinutes: number): { today: string; hour: number } {
  const at = new Date(ms + zoneMinutes * 60_000);
  return { today: at.toISOString().slice(0, 10), hour: at.getUTCHours() };
}

/** The day that counts on a date: the last that has come, else the first. */
export function dayOn(series: SeriesFacts, today: string): number {
  const come = series.days.filter((day) => dateOf(series, day) <= today);
  return come.length ? come[come.length - 1]! : series.days[0]!;
}

export function standing(words: Iterable<KitWord>): KitWord[] {
  const known = Array.from(words);
  const undone = new Set(known.map((w) => w.undoes));
  return known.filter((w) => w.kind !== "undo" && !undone.has(w.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The issue that a door has had for a day: by this phone's words, else by the list; what this phone has taken
 * back counts no more. */
export function served(series: SeriesFacts, day: number, had: Had[], words: KitWord[], door: number): Had | null {
  const covers = [issueDay(series, day), WHOLE];
  const own = standing(words).find((w) => w.kind === "issue" && w.door === door && covers.includes(w.day!));
  if (own) return had.find((h) => h.id === own.id) ?? { id: own.id, day: own.day!, by: "", at: "" };
  const undone = new Set(words.map((w) => w.undoes));
  return had.find((h) => covers.includes(h.day) && !undone.has(h.id)) ?? null;
}

/** Whether this phone may hand a door kits now, and how many. */
export function doorDecision(
  series: SeriesFacts, day: number, residents: number, had: Had[], words: KitWord[], door: number,
): DoorDecision {
  const before = served(series, day, had, words, door);
  const kits = residents * series.kits_per_person * (series.daily ? 1 : series.days.length);
  if (before) return { code: "already_issued", kits: 0, had: before };
  if (series.closed) return { code: "series_closed", kits: 0, had: null };
  return residents < 1 ? { code: "nobody_lives_here", kits: 0, had: null } : { code: "due", kits, had: null };
}

/** What is left of kits that were counted into the bag after the word `since` ('' before any). */
export function inHand(counted: number, since: string, words: KitWord[]): number {
  const known = new Map(words.map((w) => [w.id, w]));
  let left = counted;
  for (const word of known.values()) {
    if (word.id <= since) continue;
    if (word.kind === "issue") left -= word.kits!;
    else if (word.kind === "undo") left += known.get(word.undoes!)?.kits ?? 0;
  }
  return left;
}

/** What somebody's kit showed on a day: this phone's last word that stands, else what the list tells. */
export function valueOf(person: string, day: number, told: string, words: KitWord[]): string {
  const said = standing(words).filter((w) => w.kind === "result" && w.person === person && w.day === day);
  return said.length ? said[said.length - 1]!.value! : told;
}

function counts(kinds: ResultKind[], value: string): boolean {
  const kind = kinds.find((k) => k.key === value);
  return kind !== undefined && (kind.releases || kind.recall);
}

/** How somebody stands on a day. An invalid kit is none; who waits for a re-test owes no more. */
export function dayState(
  kinds: ResultKind[], series: SeriesFacts, day: number, value: string, held: boolean,
  now: { today: string; hour: number }, lateHour: number,
): DayState {
  if (counts(kinds, value)) return "done";
  if (held) return "held";
  const on = dateOf(series, day);
  if (now.today < on) return "ahead";
  return now.today > on || now.hour >= lateHour ? "late" : "due";
}

/** Whether a result may be entered where `old` ('' nothing) is known. */
export function resultDecision(
  kinds: ResultKind[], series: SeriesFacts, day: number, today: string, old: string, value: string,
): "allowed" | "day_unknown" | "day_ahead" | "result_stands" {
  if (!series.days.includes(day)) return "day_unknown";
  if (dateOf(series, day) > today) return "day_ahead";
  if (!old || old === value) return "allowed";
  const recall = (key: string): boolean => kinds.some((k) => k.key === key && k.recall);
  return recall(old) || (counts(kinds, old) && !recall(value)) ? "result_stands" : "allowed";
}
