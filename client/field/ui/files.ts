// Out of the phone and in again: the sealed file of what is unsent.

import { sealedFile } from "../engine/sealing";
import { session } from "./session";
import { view } from "./view";
import { t } from "./words";

export async function exportFile(): Promise<string> {
  const file = await session.exportUnsent();
  if (!file) return t("export_none");
  const name = `muster-${view.table}-${new Date().toISOString().slice(0, 16).replace(/\D/g, "")}.json`;
  const blob = new Blob([JSON.stringify(file)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  view.exported = true;
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return t("exported", { n: file.count });
}

export async function importFile(chosen: File): Promise<string> {
  const file = sealedFile(await chosen.text());
  if (!file) return t("import_wrong");
  const passed = await session.passOn(file);
  if (passed.kind === "taken") return t("import_ok", { n: passed.count });
  return passed.kind === "kept" ? t("import_kept", { n: file.count }) : t("import_failed");
}
