// What `npm run build` made runs in browsers of 2020: no newer syntax, no newer built-in.

import { readdirSync, readFileSync } from "node:fs";
import { parse } from "acorn";
import { describe, expect, it } from "vitest";

const built = new URL("../../../src/muster/web/static/root/lane/", import.meta.url);
const files = [...readdirSync(new URL("assets/", built)).map((f) => `assets/${f}`), "sw.js"].filter((f) => f.endsWith(".js"));
// Dexie asks before it uses WeakRef. Vue names toReversed and its like in the proxies of arrays, for whoever calls them: we do not.
const NEWER = [
  /\.replaceAll\(/, /\bstructuredClone\(/, /crypto\.randomUUID\(/, /Promise\.any\(/,
  /Object\.groupBy\(/, /AbortSignal\.timeout\(/,
];

describe("the build", () => {
  it("is there", () => expect(files.length).toBeGreaterThanOrEqual(3));

  it.each(files)("%s is of ES2020", (file) => {
    const text = readFileSync(new URL(file, built), "utf-8");
    const sourceType = file.includes("worker") || file === "sw.js" ? "script" : "module";
    expect(() => parse(text, { ecmaVersion: 2020, sourceType })).not.toThrow();
    if (/Object\.hasOwn\(/.test(text)) expect(text).toContain("prototype.hasOwnProperty.call(");
    expect(NEWER.filter((pattern) => pattern.test(text)).map(String)).toEqual([]);
  });
});
