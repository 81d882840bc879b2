// Deciding by keyboard: J and K go through the cards that wait, Enter or 1 takes one, the other
// digits are its other buttons, E corrects its first field, Escape comes back to the card.
const cards = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-decide]")];

function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>("[data-decide]") ?? null;
}

function go(step: number): void {
  const all = cards();
  const here = current();
  const at = here ? all.indexOf(here) + step : 0;
  const next = all[Math.max(0, Math.min(all.length - 1, at))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(card: HTMLElement, key: string): boolean {
  const button = card.querySelector<HTMLButtonElement>(`button[data-key="${key}"]`);
  button?.click();
  return button !== null;
}

export function decideByKeys(): void {
  if (!cards().length) return;
  if (document.activeElement === document.body) cards()[0]?.focus({ preventScroll: true });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    const card = current();
    if (target.closest("input, textarea, select")) {
      if (event.key === "Escape") card?.focus();
      return;
    }
    const onCard = card !== null && target === card;
    const key = event.key.toLowerCase();
    let used = true;
    if (key === "j") go(1);
    else if (key === "k") go(-1);
    else if (key === "e" && card) card.querySelector<HTMLInputElement>("input:not([type=hidden])")?.select();
    else if (key === "enter" && onCard) press(card, "1");
    else if (/^[1-9]$/.test(key) && card) used = press(card, key);
    else used = false;
    if (used) event.preventDefault();
  });
}
