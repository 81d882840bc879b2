// What a scanner, a card reader or a camera has read.

import { looksLikeCode } from "./codes";
import { codeFits } from "./tubes";

export type Scan =
  | { kind: "tube"; code: string }
  | { kind: "resident"; text: string }
  | { kind: "card"; name: string; number: string }
  | { kind: "enrolment"; code: string }
  | { kind: "unknown"; text: string };

const ENROLMENT = /\/lane\/?#(\d{8})$/;
const CARD = /(?:^|[\s,，;；|\t])(\d{17}[\dX])(?:$|[\s,，;；|\t])/;

/** A resident number as the standard checks it (GB 11643). */
export function cardNumberHolds(number: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return "10X98765432"[sum % 11] === number[17];
}

/** Full-width signs as a scanner behind a Chinese keyboard types them become plain ones. */
export function plain(text: string): string {
  return text.replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim();
}

export function classify(raw: string, pattern: string): Scan {
  const text = plain(raw);
  if (looksLikeCode(text)) return { kind: "resident", text };
  const enrolment = ENROLMENT.exec(text);
  if (enrolment) return { kind: "enrolment", code: enrolment[1]! };
  const upper = text.toUpperCase();
  if (codeFits(upper, pattern)) return { kind: "tube", code: upper };
  const card = CARD.exec(upper);
  if (card && cardNumberHolds(card[1]!)) {
    const name = (/[㐀-鿿·]{2,}/.exec(text) ?? [""])[0];
    return { kind: "card", name, number: card[1]! };
  }
  return { kind: "unknown", text };
}
