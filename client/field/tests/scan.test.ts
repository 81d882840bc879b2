import { describe, expect, it } from "vitest";
import { cardNumberHolds, classify } from "../engine/scan";
import { signOf, Wedge, type Key } from "../engine/wedge";
import { PATTERN } from "./at_work";

describe("what was scanned", () => {
  it.each([
    ["LC0000000001", { kind: "tube", code: "LC0000000001" }],
    [" lc0000000001\r", { kind: "tube", code: "LC0000000001" }],
    ["ＬＣ００００００００１２", { kind: "tube", code: "LC0000000012" }],
    ["M1.abc.def", { kind: "resident", text: "M1.abc.def" }],
    ["M2.abc", { kind: "resident", text: "M2.abc" }],
    ["https://muster.example/lane/#48213907", { kind: "enrolment", code: "48213907" }],
    ["11010519491231002X", { kind: "card", name: "", number: "11010519491231002X" }],
    ["王秀英,11010519491231002x,女", { kind: "card", name: "王秀英", number: "11010519491231002X" }],
    ["110105194912310021", { kind: "unknown", text: "110105194912310021" }],
    ["https://example.org", { kind: "unknown", text: "https://example.org" }],
    ["", { kind: "unknown", text: "" }],
  ])("%j", (text, scan) => expect(classify(text, PATTERN)).toEqual(scan));

  it("checks the last digit of a card", () => {
    expect(cardNumberHolds("11010519491231002X")).toBe(true);
    expect(cardNumberHolds("110105194912310029")).toBe(false);
  });
});

function typed(wedge: Wedge, text: string, gap: number, alone = false, from = 1000): string | null {
  let at = from;
  let scan: string | null = null;
  for (const key of [...text, "Enter"]) {
    at += gap;
    scan = wedge.press({ key, code: "", at, shift: false }, alone) ?? scan;
  }
  return scan;
}

describe("a scanner that types", () => {
  it("is told from a person by its speed", () => {
    expect(typed(new Wedge(), "LC0000000001", 8)).toBe("LC0000000001");
    expect(typed(new Wedge(), "王秀英李四五", 180)).toBeNull();
    expect(typed(new Wedge(), "501", 8)).toBeNull();
  });

  it("may stall where nobody types into a field", () => {
    expect(typed(new Wedge(), "LC0000000001", 400, true)).toBe("LC0000000001");
    expect(typed(new Wedge(), "LC0000000001", 2000, true)).toBeNull();
  });

  it("does not mix two scans, or a scan with what was typed before", () => {
    const wedge = new Wedge();
    wedge.press({ key: "w", code: "", at: 0, shift: false });
    expect(typed(wedge, "LC0000000001", 8, false, 500)).toBe("LC0000000001");
    expect(typed(wedge, "LC0000000002", 8, false, 700)).toBe("LC0000000002");
  });

  it("is read behind an input method, by the keys themselves", () => {
    const key = (code: string, shift = false): Key => ({ key: "Process", code, at: 0, shift });
    expect([key("KeyL"), key("KeyL", true), key("Digit7"), key("Numpad3"), key("Period"), key("Minus", true), key("F1")].map(signOf))
      .toEqual(["l", "L", "7", "3", ".", "_", ""]);
    expect(signOf({ key: "Shift", code: "ShiftLeft", at: 0, shift: true })).toBe("");
  });
});
