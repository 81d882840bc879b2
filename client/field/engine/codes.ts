// A resident's code, judged without a server. The same as `muster.protocols.codes`; both are held to
// vectors/codes.json.

import { fromBase64Url, idOf, utf8 } from "./bytes";

export type Verdict = "ok" | "garbled" | "elsewhere" | "forged" | "expired";

export interface ShownCode {
  verdict: Verdict;
  kind: "paper" | "screen";
  persons: string[];
  expires: number;
}

export interface CodeKey {
  id: number;
  jwk: { kty: string; crv: string; x: string; y: string };
}

const HEAD = 9;
const LARGEST = 20;
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const imported = new Map<string, Promise<CryptoKey>>();

function failed(verdict: Verdict): ShownCode {
  return { verdict, kind: "paper", persons: [], expires: 0 };
}

function number(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
}

export function looksLikeCode(text: string): boolean {
  return /^M\d+\./.test(text.trim());
}

/** `now`: seconds since 1970, by the server's clock as far as this phone knows it. */
export async function readCode(text: string, keys: CodeKey[], now: number): Promise<ShownCode> {
  const parts = text.trim().split(".");
  const [mark, payload, signature] = parts;
  if (parts.length !== 3 || mark !== "M1") return failed("garbled");
  const raw = fromBase64Url(payload!);
  const signed = fromBase64Url(signature!);
  if (!raw || !signed || signed.length !== 64) return failed("garbled");
  const persons = (raw.length - HEAD) / 16;
  if (!Number.isInteger(persons) || persons < 1 || persons > LARGEST || raw[0]! > 1) return failed("garbled");
  const key = keys.find((k) => k.id === number(raw, 1));
  if (!key) return failed("elsewhere");
  if (!(await signedBy(key, `${mark}.${payload}`, signed))) return failed("forged");
  const expires = number(raw, 5);
  return {
    verdict: now < expires ? "ok" : "expired",
    kind: raw[0] ? "screen" : "paper",
    persons: Array.from({ length: persons }, (_, i) => idOf(raw.subarray(HEAD + 16 * i, HEAD + 16 * i + 16))),
    expires,
  };
}

async function signedBy(key: CodeKey, text: string, signature: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const name = `${key.id}.${key.jwk.x}.${key.jwk.y}`;
  let usable = imported.get(name);
  if (!usable) {
    usable = crypto.subtle.importKey("jwk", key.jwk, CURVE, false, ["verify"]);
    imported.set(name, usable);
  }
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, await usable, signature, utf8(text));
}
