// What the browser says of itself: which window this is, which phone.

import { view } from "./view";

const ENOUGH = 40_000_000; // bytes of storage below which the recorder is told

/** One window at a time: two would each count for themselves. Waits until the other is closed. */
export async function onlyWindow(): Promise<void> {
  if (!navigator.locks) return;
  const granted = new Promise<void>((go) => {
    void navigator.locks.request("muster-lane", () => {
      go();
      return new Promise<void>(() => undefined);
    });
  });
  const told = setTimeout(() => (view.phase = "twice"), 1500);
  await granted;
  clearTimeout(told);
  view.phase = "starting";
}

/** What the desk's list shows: the kind of phone, nothing that follows anybody. */
export function deviceLabel(): string {
  const model = /;\s*([^;)]+?)(?:\s+Build|\))/.exec(navigator.userAgent)?.[1] ?? "";
  return model.slice(0, 40) || navigator.platform.slice(0, 40) || "phone";
}

export async function storageState(): Promise<"" | "almost" | "unsafe"> {
  const left = await navigator.storage?.estimate?.().catch(() => null);
  const safe = (await navigator.storage?.persisted?.().catch(() => true)) ?? true;
  if (left?.quota && left.quota - (left.usage ?? 0) < ENOUGH) return "almost";
  return safe ? "" : "unsafe";
}
