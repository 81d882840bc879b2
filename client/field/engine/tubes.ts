// What a tube holds. The same as `TubeState` and `code_fits` of `muster.protocols.screening`; both are
// held to vectors/tubes.json.

/** `size` 0: one household's, however many they are. */
export interface TubeState {
  size: number;
  held: number;
}

export function codeFits(code: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(code);
}

/** Time to close it: nobody else goes in. */
export function full(tube: TubeState): boolean {
  return tube.size > 0 && tube.held >= tube.size;
}

export function left(tube: TubeState): number {
  return tube.size ? Math.max(0, tube.size - tube.held) : Infinity;
}

/** To be marked and recorded when it is closed like this (10-in-1 specification). */
export function underfilled(tube: TubeState): boolean {
  return tube.held > 0 && tube.held < tube.size;
}
