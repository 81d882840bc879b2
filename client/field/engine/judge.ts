// What becomes of a record. The same as `judge_record` of `muster.protocols.screening`; both are held
// to vectors/records.json. The phone asks it before it beeps, the server when the record arrives.

import { codeFits } from "./tubes";

export interface DeviceFact {
  known: boolean;
  revoked: boolean;
  community: number;
}
export interface RoundFact {
  known: boolean;
  opened: boolean;
  closed: boolean;
  community: number;
}
export interface TubeFact {
  code: string;
  size: number;
  held: number;
  closed: boolean;
  in_this_round: boolean;
  table: number | null;
  household: number | null;
}
export interface PersonFact {
  known: boolean;
  community: number;
  household: number | null;
  exempt: string | null;
  recorded_at_table: number | null;
}
export interface Facts {
  device: DeviceFact;
  round: RoundFact;
  tube: TubeFact;
  person: PersonFact;
  table: number;
}
export interface Judgement {
  outcome: "accepted" | "held";
  code: string;
  detail: string;
  notes: string[];
}

/** The order of the checks is the order of blame: device, round, tube, person, sharing. */
export function judgeRecord(facts: Facts, pattern: string): Judgement {
  const code =
    deviceCode(facts) || roundCode(facts) || tubeCode(facts, pattern) || personCode(facts) || sharingCode(facts);
  if (code) return { outcome: "held", code, detail: detailOf(code, facts), notes: [] };
  return { outcome: "accepted", code: "ok", detail: "", notes: facts.person.exempt ? ["person_exempt"] : [] };
}

function deviceCode({ device }: Facts): string {
  if (!device.known) return "device_unknown";
  return device.revoked ? "device_revoked" : "";
}

function roundCode({ round, device }: Facts): string {
  if (!round.known) return "round_unknown";
  if (round.community !== device.community) return "round_other_community";
  if (round.closed) return "round_closed";
  return round.opened ? "" : "round_not_open";
}

function tubeCode({ tube, table }: Facts, pattern: string): string {
  if (!codeFits(tube.code, pattern)) return "tube_code_malformed";
  if (!tube.in_this_round) return "tube_other_round";
  if (tube.table !== null && tube.table !== table) return "tube_other_table";
  if (tube.closed) return "tube_closed";
  return tube.size && tube.held >= tube.size ? "tube_full" : "";
}

function personCode({ person, device }: Facts): string {
  if (!person.known) return "person_unknown";
  if (person.community !== device.community) return "person_other_community";
  return person.recorded_at_table === null ? "" : "person_already_recorded";
}

function sharingCode({ tube, person }: Facts): string {
  return tube.household === null || tube.household === person.household ? "" : "tube_other_household";
}

function detailOf(code: string, { tube, person }: Facts): string {
  if (code === "person_already_recorded") return String(person.recorded_at_table);
  if (code === "tube_other_table") return String(tube.table);
  return code === "tube_full" ? String(tube.size) : "";
}
