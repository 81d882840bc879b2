import { describe, expect, it } from "vitest";
import { keepsGaps } from "../ui/gaps";

/** A page whose boxes are as high as told, which a browser measures. */
function page(height: number): { document: Document; inside: unknown[] } {
  const inside: unknown[] = [];
  const made = () => ({ style: {}, scrollHeight: height, append: () => undefined, remove: () => inside.pop() });
  const body = { append: (box: unknown) => inside.push(box) };
  return { document: { createElement: made, body } as unknown as Document, inside };
}

describe("gaps", () => {
  it.each([[1, true], [0, false]])("of a box %i high", (height, kept) => {
    const { document, inside } = page(height);
    expect(keepsGaps(document)).toBe(kept);
    expect(inside).toEqual([]);
  });
});
