// The lane's slice as the server sends it (docs/reference/sync.md).

import type { CodeKey } from "./codes";
import type { PersonRow } from "./people";
import type { SealingKey } from "./sealing";

export interface Slice {
  /** `walks`: the place whose doors this phone walks, null at a table. */
  device: { id: string; expires_at: string; walks: number | null; swabs: boolean };
  round: {
    id: string; title: string; number: number; tube_size: number; sizes: number[]; code_pattern: string;
    starts_at: string; ends_at: string; closed: boolean;
  };
  site: { id: string; name: string };
  table: { id: string; number: number };
  places: { id: number; name: string }[];
  people: PersonRow[];
  codes: { keys: CodeKey[] };
  sealing: SealingKey;
  now: string;
}

/** Milliseconds that the server's clock is ahead of this phone's; halfway through the answer. */
export function clockOffset(now: string, asked: number, answered: number): number {
  return Date.parse(now) - (asked + answered) / 2;
}

/** A phone whose clock is as wrong as this is told: what it calls the time is kept and decides nothing. */
export const CLOCK_WRONG = 5 * 60_000;
