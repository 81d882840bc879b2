// The calls of docs/reference/sync.md. Answers what the server has said, never throws for a status.

import { gzip } from "../engine/gzip";
import { utf8 } from "../engine/bytes";
import type { FilterBody } from "../engine/filter";
import type { KitSlice } from "../engine/kit_walk";
import type { Batch, Receipt } from "../engine/outbox";
import type { SealedFile } from "../engine/sealing";
import type { Slice } from "../engine/slice";
import type { WalkBody } from "../engine/walk";

export interface Answer<T> {
  /** 0: the server was not reached. */
  status: number;
  body: T | null;
  code: string;
  retryAfter: number | null;
  etag: string;
  /** The server's time, '' if it does not say: also where it answers with nothing new. */
  now: string;
}

export interface Enrolled {
  token: string;
  device: string;
  expires_at: string;
  /** A phone of a round, or of a series of kits. */
  kind?: "round" | "kits";
}
export interface Receipts {
  receipts: Receipt[];
  now: string;
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Milliseconds after which a request that says nothing counts as not reached. */
const PATIENCE = 30_000;

export class Server {
  constructor(
    private readonly token: string,
    private readonly fetch_: Fetch = (url, init) => fetch(url, init),
  ) {}

  enrol(code: string, label: string): Promise<Answer<Enrolled>> {
    return this.call("POST", "enrol", {}, JSON.stringify({ code, label }));
  }

  lane(etag: string): Promise<Answer<Slice>> {
    return this.call("GET", "lane", etag ? { "If-None-Match": etag } : {});
  }

  doors(at: number[], etag: string): Promise<Answer<WalkBody>> {
    const where = at.map((place) => `at=${place}`).join("&");
    return this.call("GET", `doors?${where}`, etag ? { "If-None-Match": etag } : {});
  }

  kits(etag: string): Promise<Answer<KitSlice>> {
    return this.call("GET", "kits", etag ? { "If-None-Match": etag } : {});
  }

  filter(etag: string): Promise<Answer<FilterBody>> {
    return this.call("GET", "filter", etag ? { "If-None-Match": etag } : {});
  }

  async records(batch: Batch): Promise<Answer<Receipts>> {
    const text = JSON.stringify(batch);
    if (typeof CompressionStream === "undefined") return this.call("POST", "records", {}, text);
    return this.call("POST", "records", { "Content-Encoding": "gzip" }, await gzip(utf8(text)));
  }

  sealed(file: SealedFile): Promise<Answer<Receipts>> {
    return this.call("POST", "sealed", {}, JSON.stringify(file));
  }

  private async call<T>(
    method: string, path: string, headers: Record<string, string>, body?: BodyInit,
  ): Promise<Answer<T>> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const who: Record<string, string> = this.token ? { Authorization: `Device ${this.token}` } : {};
    const kind: Record<string, string> = body ? { "Content-Type": "application/json" } : {};
    try {
      const response = await this.fetch_(`/api/sync/${path}`, {
        method, body: body ?? null, signal: stop.signal, cache: "no-store", credentials: "omit",
        headers: { ...who, ...kind, ...headers },
      });
      return await this.answer<T>(response);
    } catch {
      return { status: 0, body: null, code: "", retryAfter: null, etag: "", now: "" };
    } finally {
      clearTimeout(timer);
    }
  }

  private async answer<T>(response: Response): Promise<Answer<T>> {
    const json = /json/.test(response.headers.get("Content-Type") ?? "") ? await response.json() : null;
    const wait = Number(response.headers.get("Retry-After") ?? NaN);
    return {
      status: response.status,
      body: response.ok ? (json as T) : null,
      code: response.ok ? "" : String((json as { code?: string } | null)?.code ?? ""),
      retryAfter: Number.isFinite(wait) ? wait : null,
      etag: response.headers.get("ETag") ?? "",
      now: (json as { now?: string } | null)?.now ?? response.headers.get("Date") ?? "",
    };
  }
}
