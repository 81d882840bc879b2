import { describe, expect, it } from "vitest";
import { normalDoor, People, type PersonRow } from "../engine/people";

const rows: PersonRow[] = [
  ["a", "王秀英", "wxy", "3-2-501", 1, "0003", 0, 1],
  ["b", "王秀", "wx", "3-2-502", 2, "0004", 0, 1],
  ["c", "李王平", "lwp", "13-2-501", 3, "0005", 0, 1],
  ["d", "赵六", "zl", "3-1-501", 4, "5010", 0, 1],
  ["e", "王秀英", "wxy", "7-1-101", 5, "", 0, 1],
];
const people = new People(rows);
const found = (text: string) => people.search(text).map((p) => p.id);

describe("the search", () => {
  it.each([
    ["王秀英", ["a", "e"]],
    ["王秀", ["b", "a", "e"]],
    ["王", ["a", "b", "e", "c"]],
    ["wxy", ["a", "e"]],
    ["WX", ["b", "a", "e"]],
    ["3-2-501", ["a"]],
    ["3号楼2单元501", ["a"]],
    ["3 2 501", ["a"]],
    ["501", ["a", "c", "d"]],
    ["3-2", ["a", "b"]],
    ["0004", ["b"]],
    ["王 501", ["a", "c"]],
    ["wxy 7-1-101", ["e"]],
    ["没有", []],
    ["   ", []],
  ])("%s", (text, ids) => expect(found(text)).toEqual(ids));

  it("stops at its limit, the best first", () => {
    const many = new People(Array.from({ length: 500 }, (_, i): PersonRow => [String(i), "王一", "wy", `1-1-${i}`, i, "", 0, 1]));
    expect(many.search("wy", 12)).toHaveLength(12);
    expect(many.search("1-1-499", 12).map((p) => p.id)).toEqual(["499"]);
  });

  it("knows who lives behind a door and who is called so", () => {
    expect(people.behind(1).map((p) => p.id)).toEqual(["a"]);
    expect(people.behind(99)).toEqual([]);
    expect(people.named("王秀英").map((p) => p.id)).toEqual(["a", "e"]);
  });

  it("reads doors as people write them", () => {
    expect(["３－２－５０１", "3栋2单元501室", " 3/2/501 ", "3,2,501"].map(normalDoor)).toEqual(Array(4).fill("3-2-501"));
  });
});
