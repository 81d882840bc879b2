// How the phone stands to the server, and what its holder should know: at the table and at doors.

import { computed } from "vue";
import { view } from "./view";
import { t } from "./words";

export const line = computed(() => {
  if (view.line === "refused") return t("refused");
  if (!view.online || view.line === "offline") return t("offline");
  if (view.line === "idle") return view.unsent ? t("idle_unsent") : t("idle");
  return t(view.line);
});
export const bad = computed(() => !view.online || ["offline", "busy", "refused"].includes(view.line));
export const hints = computed(() =>
  [
    view.switching && t("switch_first"),
    view.clockWrong && t("clock_wrong", { n: Math.abs(view.clockWrong) }),
    view.storage === "full" && t("storage_full"),
    view.storage === "almost" && t("storage_almost"),
    view.stuck && t("stuck", { n: view.stuck }),
    view.doubtful && t("doubtful", { n: view.doubtful }),
    view.recovered && t("recovered", { n: view.recovered }),
    view.carried && t("carried", { n: view.carried }),
  ].filter(Boolean),
);
