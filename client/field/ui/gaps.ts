// Gaps of flex boxes, which browsers before the summer of 2020 ignore: margins take their place.

/** Whether this browser keeps the gap between two parts of a flex box; it is measured. */
export function keepsGaps(page: Document): boolean {
  const box = page.createElement("div");
  box.style.display = "flex";
  box.style.flexDirection = "column";
  box.style.rowGap = "1px";
  box.append(page.createElement("i"), page.createElement("i"));
  page.body.append(box);
  const kept = box.scrollHeight === 1;
  box.remove();
  return kept;
}
