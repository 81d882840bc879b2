// Tells a scanner that types from a person who types: many keys in a burst, ended by Enter.

/** Milliseconds between two keys of a scanner, at most; people are slower than this. */
export const GAP = 60;
/** Where no field waits for a person's typing, a scanner may stall this long (radio, a busy phone). */
export const GAP_ALONE = 1500;
export const SHORTEST = 6;

export interface Key {
  key: string;
  code: string;
  at: number;
  shift: boolean;
}

const SIGNS: Record<string, [string, string]> = {
  Minus: ["-", "_"], Period: [".", ">"], Comma: [",", "<"], Slash: ["/", "?"], Semicolon: [";", ":"],
  Equal: ["=", "+"], Space: [" ", " "], Backslash: ["\\", "|"], Quote: ["'", '"'],
};

/** The sign of a key, also where an input method has taken the key for itself. */
export function signOf({ key, code, shift }: Key): string {
  if (key.length === 1) return key;
  if (key !== "Process" && key !== "Unidentified") return "";
  const letter = /^Key([A-Z])$/.exec(code);
  if (letter) return shift ? letter[1]! : letter[1]!.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code);
  if (digit) return digit[1]!;
  return SIGNS[code]?.[shift ? 1 : 0] ?? "";
}

export class Wedge {
  private burst = "";
  private last = -Infinity;

  /** How many keys of the running burst there are; 0 when this key starts a new one. */
  get length(): number {
    return this.burst.length;
  }

  /** A scan that this key has completed, or null. `alone`: no field is being typed into. */
  press(key: Key, alone = false): string | null {
    const fast = key.at - this.last <= (alone ? GAP_ALONE : GAP);
    this.last = key.at;
    if (!fast) this.burst = "";
    if (key.key === "Enter" || (key.key === "Tab" && this.burst.length >= SHORTEST)) {
      const text = this.burst;
      this.burst = "";
      return text.length >= SHORTEST ? text : null;
    }
    this.burst += signOf(key);
    return null;
  }
}
