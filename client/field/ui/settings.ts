// Choices of whoever holds the phone: no data of anybody, so they may stay in plain storage.

import { reactive, watch } from "vue";

const KEY = "muster-lane-settings";

function kept(): Record<string, unknown> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Record<string, unknown>;
  } catch {
    return {};
  }
}

const before = kept();

export const settings = reactive({
  language: before.language === "en" ? ("en" as const) : ("zh" as "zh" | "en"),
  dark: typeof before.dark === "boolean" ? before.dark : matchMedia("(prefers-color-scheme: dark)").matches,
  sound: before.sound !== false,
  /** Stairs are walked from the top floor down. */
  fromTop: before.fromTop === true,
});

watch(settings, () => {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Private windows keep nothing: the choice holds until the page closes.
  }
});
