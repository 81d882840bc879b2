// The people of the slice, found by name, pinyin initials, door or phone tail while somebody types.

/** As it comes: id, name, initials, door, household, phone tail, marks, place. */
export type PersonRow = [string, string, string, string, number, string, number, number];

export interface Person {
  id: string;
  name: string;
  initials: string;
  door: string;
  household: number;
  tail: string;
  marks: number;
  place: number;
}

export const EXEMPT = 1;
export const ONE_TUBE_A_HOUSEHOLD = 2;
export const AT_HOME = 4;
export const RECALLED = 8;

export function personOf(row: PersonRow): Person {
  const [id, name, initials, door, household, tail, marks, place] = row;
  return { id, name, initials, door, household, tail, marks, place };
}

/** Digits and dashes of a door as people say it: 3-2-501, 3号楼2单元501, 3 2 501. */
export function normalDoor(text: string): string {
  return text
    .replace(/[０-９]/g, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0))
    .replace(/[号楼栋幢单元室户\s,，、/#_—–－-]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

export class People {
  readonly all: Person[];
  private readonly byId = new Map<string, Person>();
  private readonly byHousehold = new Map<number, Person[]>();
  private readonly doors: string[];
  private readonly initials: string[];

  constructor(rows: PersonRow[]) {
    this.all = rows.map(personOf);
    this.doors = this.all.map((p) => p.door);
    this.initials = this.all.map((p) => p.initials.toLowerCase());
    for (const person of this.all) {
      this.byId.set(person.id, person);
      const behind = this.byHousehold.get(person.household);
      if (behind) behind.push(person);
      else this.byHousehold.set(person.household, [person]);
    }
  }

  get(id: string): Person | undefined {
    return this.byId.get(id);
  }

  behind(household: number): Person[] {
    return this.byHousehold.get(household) ?? [];
  }

  /** Exactly this name: what an ID-card reader types. */
  named(name: string): Person[] {
    return this.all.filter((p) => p.name === name);
  }

  /** The best first: a whole match before a beginning before a part; then in street order. Several
   * words must all hold (王 501). */
  search(text: string, limit = 30): Person[] {
    const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const whole = words.length > 1 && words.every((w) => /^[\d-]+$/.test(w));
    const asked = (whole ? [words.join("-")] : words).map((word) => ({ word, door: normalDoor(word) }));
    const ranks: Person[][] = [[], [], []];
    let best = 0;
    for (let i = 0; i < this.all.length && best < limit; i++) {
      let worst = 0;
      for (const { word, door } of asked) {
        worst = Math.max(worst, this.rank(i, word, door));
        if (worst > 2) break;
      }
      if (worst > 2) continue;
      ranks[worst]!.push(this.all[i]!);
      if (worst === 0) best++;
    }
    return ([] as Person[]).concat(...ranks).slice(0, limit);
  }

  /** 0 the whole of something, 1 its beginning, 2 a part, 3 nothing. */
  private rank(i: number, word: string, door: string): number {
    const person = this.all[i]!;
    const at = this.doors[i]!;
    if (person.name === word || person.tail === word || (door && at === door)) return 0;
    if (door && /\d/.test(door) && at.endsWith(`-${door}`)) return 0;
    if (this.initials[i] === word) return 0;
    if (person.name.startsWith(word) || this.initials[i]!.startsWith(word)) return 1;
    if (door && /^\d+-/.test(door) && at.startsWith(door)) return 1;
    return word.length > 0 && !/^[a-z\d-]+$/.test(word) && person.name.includes(word) ? 2 : 3;
  }
}
