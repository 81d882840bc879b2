// Which of several words about a person holds. The same as `finding` of `muster.protocols.visits`; both
// are held to vectors/visits.json.

export interface Word {
  id: string;
  /** Who said it: a phone, or an account at the desk. */
  by: string;
  outcome: string;
  /** The order of arrival at the server. */
  received: number;
  undoes: string | null;
}

/** Of one sender the last that he made and has not taken back; of several the one received last. */
export function finding(words: Word[]): Word | null {
  const undone = new Set(words.filter((w) => w.outcome === "undo").map((w) => `${w.by} ${w.undoes}`));
  const last = new Map<string, Word>();
  for (const word of words) {
    if (word.outcome === "undo" || undone.has(`${word.by} ${word.id}`)) continue;
    const before = last.get(word.by);
    if (!before || before.id < word.id) last.set(word.by, word);
  }
  let found: Word | null = null;
  for (const word of last.values()) {
    if (!found || word.received > found.received || (word.received === found.received && word.id > found.id)) found = word;
  }
  return found?.outcome === "missing" ? null : found;
}
