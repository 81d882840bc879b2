// What the screen shows. Only the session changes it.

import { reactive } from "vue";
import type { Outcome, Who } from "../engine/lane";
import type { Entry } from "../engine/ledger";
import type { Line } from "../sync/courier";

export type Phase = "starting" | "enrol" | "setup" | "lane" | "revoked" | "expired" | "closed" | "broken" | "twice";
export type Sheet = "" | "search" | "unknown" | "entry" | "tubes" | "more" | "camera" | "family" | "paper";

export interface Ask {
  outcome: Outcome;
  who: Who | null;
}
export interface Member {
  id: string;
  name: string;
  door: string;
  recorded: boolean;
}

export const view = reactive({
  phase: "starting" as Phase,
  sheet: "" as Sheet,
  ask: null as Ask | null,
  last: null as Outcome | null,
  entry: null as Entry | null,
  moving: false,
  family: [] as Member[],
  draft: { name: "", door: "", phone: "", number: "", kind: "" },
  query: "",
  number: "",
  round: "",
  site: "",
  table: 0,
  sizes: [] as number[],
  size: -1,
  hand: null as string | null,
  held: 0,
  inTube: [] as Entry[],
  unsent: 0,
  /** Sealed files of other phones that wait for a network. */
  carried: 0,
  /** From door to door instead of at the table. */
  walking: false,
  /** With kits for a series. */
  kits: false,
  stuck: 0,
  total: 0,
  tubes: 0,
  doubtful: 0,
  people: 0,
  line: "idle" as Line,
  online: true,
  clockWrong: 0,
  storage: "" as "" | "almost" | "full" | "unsafe",
  /** A code for another table was scanned while something is unsent. */
  switching: false,
  exported: false,
  recovered: 0,
  code: "",
  failure: "",
  busy: false,
  /** Grows with every stored change, for lists that are made when they are shown. */
  version: 0,
});
