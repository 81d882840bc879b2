// A file of unsent records that only the server opens (docs/reference/sync.md): whoever carries it, and
// the phone itself when its memory is lost, read nothing.

import { toBase64, utf8 } from "./bytes";
import { gzip, gzipStored } from "./gzip";
import { batchOf, type Item } from "./outbox";

export interface SealingKey {
  id: string;
  jwk: JsonWebKey;
}

export interface SealedFile {
  v: 1;
  kind: "muster-unsent";
  sealing: string;
  device: string;
  count: number;
  key: string;
  iv: string;
  data: string;
}

export class Sealer {
  private constructor(
    private readonly aes: CryptoKey,
    private readonly wrapped: string,
    private readonly sealing: string,
    private readonly device: string,
    private readonly token: string,
  ) {}

  /** One AES key for as long as the page lives, wrapped once; each file has its own nonce. */
  static async make(sealing: SealingKey, device: string, token: string): Promise<Sealer> {
    const rsa = await crypto.subtle.importKey(
      "jwk", { ...sealing.jwk, alg: "RSA-OAEP-256" }, { name: "RSA-OAEP", hash: "SHA-256" }, false, ["encrypt"],
    );
    const raw = crypto.getRandomValues(new Uint8Array(32));
    const aes = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "RSA-OAEP" }, rsa, raw));
    raw.fill(0);
    return new Sealer(aes, toBase64(wrapped), sealing.id, device, token);
  }

  /** `quick`: without compression, for one record on its way to the mirror. */
  async seal(items: Item[], quick = false): Promise<SealedFile> {
    const plain = utf8(JSON.stringify({ token: this.token, ...batchOf(items) }));
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const packed = quick ? gzipStored(plain) : await gzip(plain);
    const data = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.aes, packed));
    return {
      v: 1, kind: "muster-unsent", sealing: this.sealing, device: this.device, count: items.length,
      key: this.wrapped, iv: toBase64(iv), data: toBase64(data),
    };
  }
}

/** A file that another phone has exported; null if it is something else. */
export function sealedFile(text: string): SealedFile | null {
  try {
    const file = JSON.parse(text) as Partial<SealedFile>;
    return file.v === 1 && file.kind === "muster-unsent" && file.data && file.key ? (file as SealedFile) : null;
  } catch {
    return null;
  }
}
