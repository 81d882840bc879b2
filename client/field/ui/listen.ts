// What the page hears: scanners that type, the network, the screen that must not sleep.

import { Wedge } from "../engine/wedge";
import { wakeSound } from "./beep";
import { scanned } from "./scans";
import { CODE, session } from "./session";
import { view } from "./view";

const wedge = new Wedge();
let field: HTMLInputElement | null = null;
let before = "";

/** A burst into a field was a scanner: the field gets back what it held, the scan goes its way. */
function pressed(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const target = event.target instanceof HTMLInputElement ? event.target : null;
  const key = { key: event.key, code: event.code, at: event.timeStamp, shift: event.shiftKey };
  const scan = wedge.press(key, target === null);
  if (scan === null) {
    if (wedge.length === 1) [field, before] = [target, target?.value ?? ""];
    return;
  }
  if (target?.hasAttribute("data-typed") && !/^M1\.|^[A-Za-z]{2}\d{6,}$|\d{17}[\dXx]/.test(scan)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (target && target === field) {
    target.value = before;
    target.dispatchEvent(new Event("input"));
  }
  void scanned(scan, event.timeStamp);
}

let lock: WakeLockSentinel | null = null;

async function stayAwake(): Promise<void> {
  if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
  lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
}

export function listen(): void {
  window.addEventListener("keydown", pressed, true);
  window.addEventListener("pointerdown", () => {
    wakeSound();
    void stayAwake();
  });
  window.addEventListener("keydown", wakeSound);
  window.addEventListener("online", () => {
    view.online = true;
    session.sendNow();
  });
  // Another table's code was opened in this window: looked at as from the start.
  window.addEventListener("hashchange", () => {
    if (CODE.test(location.hash)) location.reload();
  });
  window.addEventListener("offline", () => (view.online = false));
  view.online = navigator.onLine;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    void stayAwake();
    session.sendNow();
  });
}
