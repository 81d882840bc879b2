// The lane: a tube, its people, beep. Decides; writes nothing. Whoever calls stores an outcome's items
// and only then takes them, so that a beep means that it is kept.

import { newId } from "./ids";
import { judgeRecord } from "./judge";
import { Ledger, type Entry } from "./ledger";
import type { About, Item } from "./outbox";
import { AT_HOME, EXEMPT, ONE_TUBE_A_HOUSEHOLD, RECALLED, type People, type Person } from "./people";
import { codeFits, full, underfilled } from "./tubes";

export type Tone = "ok" | "closed" | "warn" | "refuse" | "ask";

/** `code` names a sentence, `data` fills it. `ask`: nothing is recorded until it is answered. `hand`:
 * the tube in hand from now on, null for none. */
export interface Outcome {
  tone: Tone;
  code: string;
  data: Record<string, string | number>;
  items: Item[];
  hand?: string | null;
}

export interface Who {
  person: string | null;
  name: string;
  door: string;
  said?: Record<string, string> | null;
}

export interface LaneRules {
  pattern: string;
  table: number;
  size: number;
  closed: boolean;
}

export interface Told {
  /** The table that the filter names, or null. */
  elsewhere: number | null;
  anyway?: boolean;
}

export class Lane {
  hand: string | null = null;

  constructor(
    readonly ledger: Ledger,
    readonly people: People,
    readonly rules: LaneRules,
    private readonly now: () => Date = () => new Date(),
    private readonly id: () => string = newId,
  ) {}

  get held(): number {
    return this.hand ? this.ledger.stateOf(this.hand, this.rules.size).held : 0;
  }

  get size(): number {
    return this.hand ? this.ledger.tube(this.hand, this.rules.size).size : this.rules.size;
  }

  /** Keep what was decided. */
  take(outcome: Outcome): void {
    this.ledger.take(outcome.items);
    if (outcome.hand !== undefined) this.hand = outcome.hand;
  }

  /** A tube was scanned. `reason`: why the one in hand is closed short. */
  openTube(code: string, reason = ""): Outcome {
    if (this.rules.closed) return said("refuse", "round_closed");
    if (!codeFits(code, this.rules.pattern)) return said("refuse", "tube_code_malformed", { code });
    if (code === this.hand) return said("warn", "tube_in_hand", { code });
    if (this.ledger.tube(code, this.rules.size).closed) return said("refuse", "tube_closed", { code });
    if (this.hand && underfilled({ size: this.size, held: this.held }) && !reason) {
      return said("ask", "close_short", { held: this.held, size: this.size, next: code });
    }
    const items = this.hand && this.held ? [this.closing(this.hand, this.held, reason)] : [];
    return { ...said("ok", "tube_open", { code }), items, hand: code };
  }

  /** The tube in hand is closed by the recorder. */
  closeTube(reason: string): Outcome {
    if (!this.hand) return said("refuse", "tube_first");
    if (!this.held) return { ...said("ok", "tube_put_back", { code: this.hand }), hand: null };
    if (underfilled({ size: this.size, held: this.held }) && !reason) {
      return said("ask", "close_short", { held: this.held, size: this.size, next: "" });
    }
    const told = said("closed", "tube_closed_with", { code: this.hand, held: this.held });
    return { ...told, items: [this.closing(this.hand, this.held, reason)], hand: null };
  }

  /** Somebody stands at the table. */
  record(who: Who, told: Told): Outcome {
    if (this.rules.closed) return said("refuse", "round_closed");
    if (!this.hand) return said("refuse", "tube_first");
    const doubt = this.doubt(who, told.elsewhere);
    if (doubt && (doubt.tone === "refuse" || !told.anyway)) return doubt;
    const item = this.entry(who, this.hand);
    const done = this.filled(this.hand, [item], this.held + 1);
    const data = { name: who.name, door: who.door, held: this.held + 1, size: this.size };
    if (done.items.length > 1) return { ...said("closed", "tube_full_closed", data), ...done };
    const note = this.note(who);
    return { ...said(note ? "warn" : "ok", note || "recorded", data), ...done };
  }

  /** The newest entry is taken back; a tube that it had filled is in hand again. */
  undo(): Outcome {
    const last = this.ledger.last();
    if (!last) return said("refuse", "nothing_to_undo");
    return { ...this.void(last, "undone"), code: "undone" };
  }

  void(entry: Entry, reason: string): Outcome {
    const change = { kind: "void" as const, reason };
    const back = !this.hand && full(this.ledger.stateOf(entry.tube, this.rules.size)) ? { hand: entry.tube } : {};
    return { ...said("ok", "voided", { name: entry.name }), items: [this.change(entry, change)], ...back };
  }

  move(entry: Entry, tube: string): Outcome {
    if (!codeFits(tube, this.rules.pattern)) return said("refuse", "tube_code_malformed", { code: tube });
    if (tube === entry.tube) return said("refuse", "person_in_tube", { name: entry.name });
    const to = this.ledger.stateOf(tube, this.rules.size);
    if (full(to)) return said("refuse", "tube_full", { code: tube });
    if (this.ledger.tube(tube, this.rules.size).closed) return said("refuse", "tube_closed", { code: tube });
    const done = this.filled(tube, [this.change(entry, { kind: "move", tube })], to.held + 1);
    return { ...said("ok", "moved", { name: entry.name, code: tube }), ...done };
  }

  /** What speaks against it, the gravest first; null if nothing does. */
  private doubt(who: Who, elsewhere: number | null): Outcome | null {
    const tube = this.hand!;
    const here = who.person ? this.ledger.of(who.person) : [];
    const data = { name: who.name, door: who.door, held: this.held, size: this.size, code: tube };
    if (here.some((e) => e.tube === tube)) return said("refuse", "person_in_tube", data);
    const person = who.person ? this.people.get(who.person) : undefined;
    const verdict = this.judged(who, person, here.length ? this.rules.table : this.other(who, elsewhere));
    if (verdict.startsWith("tube_full") || verdict === "tube_closed") return said("refuse", verdict, data);
    if (here.length) return said("ask", "person_already_here", { ...data, tube: here[0]!.tube });
    if (verdict === "person_already_recorded") return said("ask", verdict, { ...data, table: elsewhere! });
    if (verdict) return said("ask", verdict, data);
    const single = person && person.marks & RECALLED && this.size !== 1;
    return single ? said("ask", "person_recalled", data) : null;
  }

  /** This table's own mark in the filter says nothing of somebody whom this phone has taken back. */
  private other(who: Who, elsewhere: number | null): number | null {
    const own = elsewhere === this.rules.table && who.person !== null && this.ledger.met(who.person);
    return own ? null : elsewhere;
  }

  /** The shared decision (vectors/records.json) over what this phone knows; '' if accepted. */
  private judged(who: Who, person: Person | undefined, recorded: number | null): string {
    const tube = this.ledger.tube(this.hand!, this.rules.size);
    const { code, outcome } = judgeRecord(
      {
        device: { known: true, revoked: false, community: 0 },
        round: { known: true, opened: true, closed: this.rules.closed, community: 0 },
        tube: {
          code: tube.code, size: tube.size, held: tube.entries.length, closed: tube.closed,
          in_this_round: true, table: null, household: this.householdOf(tube.entries, person),
        },
        person: {
          known: who.person === null || person !== undefined,
          community: 0, household: person?.household ?? null, exempt: null, recorded_at_table: recorded,
        },
        table: this.rules.table,
      },
      this.rules.pattern,
    );
    return outcome === "accepted" ? "" : code;
  }

  /** Whose tube it is, where it is one household's: by the recorder's choice or by the zone. */
  private householdOf(entries: string[], person: Person | undefined): number | null {
    const inside = entries
      .map((id) => this.ledger.entries.get(id)?.person)
      .map((id) => (id ? this.people.get(id) : undefined));
    const first = inside.find(Boolean);
    if (!first || !person) return null;
    const wanted = this.size === 0 || ((first.marks | person.marks) & ONE_TUBE_A_HOUSEHOLD) !== 0;
    return wanted ? first.household : null;
  }

  private note(who: Who): string {
    const marks = (who.person && this.people.get(who.person)?.marks) || 0;
    if (marks & EXEMPT) return "recorded_exempt";
    return marks & AT_HOME ? "recorded_at_home" : "";
  }

  /** At the tenth the tube closes by itself. */
  private filled(code: string, items: Item[], held: number): { items: Item[]; hand?: null } {
    const { size } = this.ledger.stateOf(code, this.rules.size);
    if (!full({ size, held })) return { items };
    const done = [...items, this.closing(code, held, "")];
    return code === this.hand ? { items: done, hand: null } : { items: done };
  }

  private about(name = "", door = "", size = this.rules.size): About {
    return { name, door, size };
  }

  private entry(who: Who, tube: string): Item {
    const id = this.id();
    const { size } = this;
    const body = { id, tube, taken_at: this.now().toISOString(), person: who.person, said: who.said ?? null, size };
    return { id, list: "records", body, about: this.about(who.name, who.door, size), receipt: null };
  }

  private change(entry: Entry, change: { kind: "void" | "move"; reason?: string; tube?: string }): Item {
    const id = this.id();
    const body = { id, record: entry.id, made_at: this.now().toISOString(), ...change };
    return { id, list: "changes", body, about: this.about(entry.name, entry.door), receipt: null };
  }

  private closing(tube: string, count: number, reason: string): Item {
    const id = this.id();
    const { size } = this.ledger.tube(tube, this.rules.size);
    const body = { id, tube, count, household: size === 0, reason, closed_at: this.now().toISOString() };
    return { id, list: "closings", body, about: this.about("", "", size), receipt: null };
  }
}

function said(tone: Tone, code: string, data: Record<string, string | number> = {}): Outcome {
  return { tone, code, data, items: [] };
}
