// UUIDv7, increasing on this phone also when its clock steps back: changes are done in their order.

import { idOf } from "./bytes";

let lastMs = 0;
let counter = 0;

/** Ids made from now on sort after `id`: what was kept from before a restart. */
export function after(id: string): void {
  const ms = parseInt(id.replace(/-/g, "").slice(0, 12), 16);
  if (ms > lastMs) [lastMs, counter] = [ms, 0xfff];
}

export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  if (now > lastMs) {
    [lastMs, counter] = [now, bytes[6]! & 0x7f];
  } else if (++counter > 0xfff) {
    [lastMs, counter] = [lastMs + 1, 0];
  }
  let ms = lastMs;
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return idOf(bytes);
}
