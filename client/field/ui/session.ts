// The lane at work: joins engine, store and sync, and tells the view.

import { RecordedFilter, type FilterBody } from "../engine/filter";
import { after } from "../engine/ids";
import type { KitSlice } from "../engine/kit_walk";
import { Lane, type Outcome, type Tone, type Who } from "../engine/lane";
import { Ledger, type Entry } from "../engine/ledger";
import { byId } from "../engine/outbox";
import { People } from "../engine/people";
import type { SealedFile, SealingKey } from "../engine/sealing";
import { clockOffset, CLOCK_WRONG, type Slice } from "../engine/slice";
import { Turns } from "../engine/turns";
import type { WalkBody } from "../engine/walk";
import { Carried, type Passed } from "../store/carried";
import { Copies } from "../store/copies";
import { Store } from "../store/db";
import { Courier } from "../sync/courier";
import { Server, type Answer, type Enrolled } from "../sync/server";
import { beep } from "./beep";
import { settings } from "./settings";
import { view, type Phase } from "./view";
import { deviceLabel, onlyWindow, storageState } from "./window";

interface Known<T> {
  etag: string;
  body: T;
}
interface Hand {
  code: string | null;
  size: number;
}

const ROUND = 120_000; // milliseconds between two looks at the filter
const SELDOM = 8; // looks at the filter for one at the slice, which costs the server most

/** The desk's code in the fragment of the link: it reaches no server's log. */
export const CODE = /^#(\d{8})$/;

export class Session {
  lane!: Lane;
  filter: RecordedFilter | null = null;
  slice: Slice | null = null;
  /** Instead of a slice: the doors of a series of kits. */
  kits: KitSlice | null = null;
  offset = 0;
  store!: Store;
  private carried!: Carried;
  private copies!: Copies;
  private server = new Server("");
  private courier: Courier | null = null;
  private enrolled: Enrolled | null = null;
  private etags = { lane: "", filter: "" };
  private readonly turns = new Turns();
  private refreshing: ReturnType<typeof setInterval> | null = null;

  /** Milliseconds since 1970 by the server's clock, as far as this phone knows it. */
  now(): number {
    return Date.now() + this.offset;
  }

  async start(): Promise<void> {
    await onlyWindow();
    try {
      this.store = await Store.open();
    } catch {
      view.phase = "broken";
      return;
    }
    await this.carry();
    this.enrolled = await this.store.get<Enrolled>("enrolled");
    this.offset = (await this.store.get<number>("offset")) ?? 0;
    if (this.enrolled && !(await this.leaveFor(location.hash))) await this.resume();
    else await this.arrive();
  }

  /** A new code for a phone that has sent everything: the old table is left. Otherwise it is told. */
  private async leaveFor(hash: string): Promise<boolean> {
    if (!CODE.test(hash)) return false;
    const unsent = (await this.store.items()).filter((i) => !i.receipt).length + this.carried.count;
    view.switching = unsent > 0;
    if (unsent) {
      history.replaceState(null, "", location.pathname);
      return false;
    }
    await this.store.wipe();
    await this.copies.wipe();
    [this.store, this.enrolled] = [await Store.open(), null];
    await this.carry();
    return true;
  }

  /** What lies beside the store: the second place of the unsent, and files of other phones, which go on their
   * way whoever this phone is. */
  private async carry(): Promise<void> {
    const send = (file: SealedFile): ReturnType<Server["sealed"]> => this.server.sealed(file);
    this.copies = await Copies.open(send);
    this.carried?.end();
    this.carried = new Carried(this.store, send, (count) => (view.carried = count));
    await this.carried.load();
    void this.forward();
  }

  private async forward(afresh = false): Promise<void> {
    view.carried = this.carried.count;
    if (view.carried) await this.carried.forward(afresh);
  }

  /** Nobody's phone yet; what an earlier memory had not sent goes to the server as it is. */
  private async arrive(): Promise<void> {
    view.phase = "enrol";
    view.recovered = await this.copies.count();
    await this.copies.rescueAll();
  }

  async enrol(code: string): Promise<void> {
    view.busy = true;
    const answer = await this.server.enrol(code, deviceLabel());
    view.busy = false;
    if (!answer.body) {
      view.failure = answer.status ? answer.code : "offline";
      return;
    }
    view.failure = "";
    this.enrolled = answer.body;
    await this.store.set("enrolled", answer.body);
    await navigator.storage?.persist?.().catch(() => false);
    await this.resume();
  }

  private async resume(): Promise<void> {
    this.server = new Server(this.enrolled!.token);
    const [kept, filter, hand, ended, items, walking] = await Promise.all([
      this.store.get<Known<Slice | KitSlice>>("slice"), this.store.get<Known<FilterBody>>("filter"),
      this.store.get<Hand>("hand"), this.store.get<Phase>("ended"), this.store.items(), this.store.get<boolean>("walking"),
    ]);
    const ledger = new Ledger();
    items.sort(byId);
    ledger.take(items);
    if (items.length) after(items[items.length - 1]!.id);
    if (filter) [this.filter, this.etags.filter] = [new RecordedFilter(filter.body), filter.etag];
    if (kept) this.etags.lane = kept.etag;
    view.kits = this.enrolled!.kind === "kits";
    view.walking = view.kits || walking === true;
    this.lane = new Lane(ledger, new People([]), { pattern: ".+", table: 0, size: -1, closed: false });
    if (hand) [this.lane.hand, this.lane.rules.size] = [hand.code, hand.size];
    if (kept) await this.use(kept.body);
    else {
      const sealing = await this.store.get<SealingKey>("sealing");
      if (sealing) await this.sealWith(sealing);
    }
    this.courier = this.makeCourier();
    if (ended) this.end(ended);
    else if (Date.parse(this.enrolled!.expires_at) < this.now()) this.end("expired");
    else view.phase = this.slice || this.kits ? this.ready() : "starting";
    this.show();
    performance.mark("ready");
    void this.copies.check(this.lane.ledger).then((rescued) => (view.recovered += rescued));
    if (this.slice || this.kits) void this.refresh();
    else await this.refresh();
    this.refreshing ??= setInterval(() => void this.look(), ROUND);
    void this.courier.nudge();
    void storageState().then((state) => (view.storage = state || view.storage));
  }

  private ready(): Phase {
    if (this.slice?.round.closed) return "closed";
    return this.lane.rules.size < 0 && !view.walking ? "setup" : "lane";
  }

  private async use(slice: Slice | KitSlice): Promise<void> {
    if ("series" in slice) return this.useKits(slice);
    this.slice = slice;
    const before = this.lane;
    this.lane = new Lane(before.ledger, new People(slice.people), {
      pattern: slice.round.code_pattern, table: slice.table.number, size: before.rules.size, closed: slice.round.closed,
    });
    this.lane.hand = before.hand;
    if (slice.device.walks !== null) view.walking = true;
    // At a door everybody has a tube of his own.
    if (view.walking) this.lane.rules.size = 1;
    await this.sealWith(slice.sealing);
    Object.assign(view, {
      round: slice.round.title, site: slice.site.name, table: slice.table.number,
      sizes: slice.round.sizes, people: slice.people.length,
    });
  }

  private async useKits(slice: KitSlice): Promise<void> {
    this.kits = slice;
    this.lane.rules.size = 1;
    await this.sealWith(slice.sealing);
    Object.assign(view, { site: slice.place.name, round: slice.series.title });
  }

  /** The public key stays when the people go: what is unsent can be exported to the end. */
  private async sealWith(sealing: SealingKey): Promise<void> {
    await this.copies.sealWith(sealing, this.enrolled!.device, this.enrolled!.token);
    await this.store.set("sealing", sealing);
  }

  private makeCourier(): Courier {
    return new Courier({
      pending: () => this.lane.ledger.pending(),
      send: (batch) => this.server.records(batch),
      settle: async (items, receipts, now) => {
        this.timed(now, Date.now(), Date.now());
        await this.store.settle(items, receipts);
        this.lane.ledger.settle(receipts);
        this.copies.drop(items);
        this.show();
        // The round is over and this phone did not know: it looks again at once.
        if (!this.lane.rules.closed && receipts.some((r) => r.code === "round_closed")) void this.refresh();
      },
      told: (line) => {
        view.line = line;
        view.stuck = this.courier?.stuck.size ?? 0;
      },
    });
  }

  private looks = 0;

  private async look(): Promise<void> {
    if (["revoked", "expired"].includes(view.phase)) return;
    if (Date.parse(this.enrolled!.expires_at) < this.now()) return this.end("expired");
    void this.forward();
    if (++this.looks % SELDOM === 0) await this.refresh();
    else await this.refreshFilter();
  }

  /** Slice and filter anew, where there is a network. */
  async refresh(): Promise<void> {
    const asked = Date.now();
    const lane = await (view.kits ? this.server.kits(this.etags.lane) : this.server.lane(this.etags.lane));
    if (lane.status) view.online = true;
    if (lane.status === 410) return this.end(this.refusal());
    if (lane.now) this.timed(lane.now, asked, Date.now());
    if (lane.body) {
      this.etags.lane = lane.etag;
      await this.store.set("slice", { etag: lane.etag, body: lane.body });
      await this.use(lane.body);
      if (["starting", "lane", "setup", "closed"].includes(view.phase)) view.phase = this.ready();
    } else if (view.phase === "starting") view.failure = lane.status ? lane.code : "offline";
    await this.refreshFilter();
  }

  async refreshFilter(): Promise<void> {
    if (view.kits) return this.show();
    const filter = await this.server.filter(this.etags.filter);
    if (filter.status === 410) return this.end(this.refusal());
    if (filter.body) {
      this.etags.filter = filter.etag;
      this.filter = new RecordedFilter(filter.body);
      await this.store.set("filter", { etag: filter.etag, body: filter.body });
    }
    this.show();
  }

  private refusal(): Phase {
    return Date.parse(this.enrolled!.expires_at) < this.now() ? "expired" : "revoked";
  }

  private timed(now: string, asked: number, answered: number): void {
    this.offset = clockOffset(now, asked, answered);
    view.clockWrong = Math.abs(this.offset) > CLOCK_WRONG ? Math.round(this.offset / 60_000) : 0;
    void this.store.set("offset", this.offset);
  }

  /** From the table to the doors and back, with the same phone; no tube is in hand meanwhile. */
  async walk(on: boolean): Promise<void> {
    view.walking = on;
    await this.store.set("walking", on);
    await this.choose(on ? 1 : -1);
  }

  doors(at: number[], etag: string): Promise<Answer<WalkBody>> {
    return this.server.doors(at, etag);
  }

  async choose(size: number): Promise<void> {
    this.lane.rules.size = size;
    await this.store.set("hand", { code: this.lane.hand, size });
    view.phase = this.ready();
    this.show();
  }

  /** One turn after the other: decide, keep, beep, send. */
  act(decide: () => Promise<Outcome | null> | Outcome | null): Promise<Outcome | null> {
    return this.turns.do(async () => {
      const outcome = await decide();
      if (outcome) await this.keep(outcome);
      return outcome;
    });
  }

  /** To be called in a turn of `act` alone. False: the phone is full, nothing was kept. */
  async keep(outcome: Outcome): Promise<boolean> {
    try {
      await this.store.put(outcome.items);
      if (outcome.hand !== undefined) {
        await this.store.set("hand", { code: outcome.hand, size: this.lane.rules.size });
      }
    } catch {
      view.storage = "full";
      this.tell({ tone: "refuse", code: "storage_full", data: {}, items: [] });
      return false;
    }
    this.lane.take(outcome);
    this.tell(outcome);
    this.show();
    if (!outcome.items.length) return true;
    this.copies.put(outcome.items);
    void this.courier?.nudge();
    return true;
  }

  tell(outcome: Outcome): void {
    beep(outcome.tone, settings.sound);
    view.last = outcome;
    performance.mark(`beep:${outcome.code}`);
  }

  say(tone: Tone, code: string, data: Outcome["data"] = {}): void {
    this.tell({ tone, code, data, items: [] });
  }

  async elsewhere(who: Who): Promise<number | null> {
    return who.person && this.filter ? this.filter.tableOf(who.person) : null;
  }

  show(): void {
    const { lane } = this;
    const { ledger } = lane;
    const tube = lane.hand ? ledger.tube(lane.hand, lane.rules.size) : null;
    Object.assign(view, {
      size: lane.size, hand: lane.hand, held: lane.held, unsent: ledger.unsent, total: ledger.total,
      inTube: tube ? tube.entries.map((id) => ledger.entries.get(id)!).reverse() : [],
      tubes: ledger.tubesFilled, doubtful: ledger.doubtful().length, version: view.version + 1,
    });
  }

  entries(tube: string): Entry[] {
    const { ledger } = this.lane;
    return ledger.tube(tube, 0).entries.map((id) => ledger.entries.get(id)!);
  }

  /** Everything unsent as a file for the desk or another phone. */
  exportUnsent(): Promise<SealedFile | null> {
    return this.copies.file(this.lane.ledger.pending());
  }

  /** Another phone's file: passed on, or kept sealed until there is a network. */
  passOn(file: SealedFile): Promise<Passed> {
    return this.carried.take(file);
  }

  sendNow(): void {
    void this.courier?.nudge(true);
    void this.forward(true);
  }

  private end(phase: Phase): void {
    view.phase = phase;
    void this.store.set("ended", phase);
    if (this.slice || this.kits) void this.store.forgetPeople();
    this.kits = null;
    this.lane = new Lane(this.lane.ledger, new People([]), { ...this.lane.rules, closed: true });
    this.show();
  }

  /** The phone goes back: nothing of the table stays on it. */
  async handBack(): Promise<void> {
    this.courier?.end();
    if (this.refreshing) clearInterval(this.refreshing);
    await this.store.wipe();
    await this.copies.wipe();
    location.replace("/lane/");
  }
}

export const session = new Session();
