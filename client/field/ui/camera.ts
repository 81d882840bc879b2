// The camera as a scanner: the browser's own detector where there is one, else the worker's.

type Detector = { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> };
interface Native {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const FORMATS = ["qr_code", "code_128"];
/** The same code again within this time is the same holding-up. */
const SAME = 3000;
const PAUSE = 80;

export class Camera {
  private stream: MediaStream | null = null;
  private worker: Worker | null = null;
  private native: Detector | null = null;
  private readonly canvas = document.createElement("canvas");
  private last = { text: "", at: 0 };
  private on = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly found: (text: string) => void,
  ) {}

  async start(): Promise<void> {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: false, video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.native = await nativeDetector();
    if (!this.native) this.worker = new Worker(new URL("./scanner.worker.ts", import.meta.url));
    this.on = true;
    void this.look();
  }

  stop(): void {
    this.on = false;
    this.worker?.terminate();
    this.stream?.getTracks().forEach((track) => track.stop());
  }

  async torch(lit: boolean): Promise<void> {
    const [track] = this.stream?.getVideoTracks() ?? [];
    await track?.applyConstraints({ advanced: [{ torch: lit } as MediaTrackConstraintSet] }).catch(() => undefined);
  }

  private async look(): Promise<void> {
    while (this.on) {
      for (const text of await this.read().catch(() => [])) this.hand(text);
      await new Promise((done) => setTimeout(done, PAUSE));
    }
  }

  private async read(): Promise<string[]> {
    if (this.native) return (await this.native.detect(this.video)).map((code) => code.rawValue);
    const { videoWidth: width, videoHeight: height } = this.video;
    if (!width || !this.worker) return [];
    Object.assign(this.canvas, { width, height });
    const pen = this.canvas.getContext("2d", { willReadFrequently: true } as CanvasRenderingContext2DSettings)!;
    pen.drawImage(this.video, 0, 0);
    const { worker } = this;
    return new Promise((done) => {
      worker.onmessage = (event: MessageEvent<string[]>) => done(event.data);
      worker.onerror = () => done([]);
      worker.postMessage(pen.getImageData(0, 0, width, height));
    });
  }

  private hand(text: string): void {
    const now = Date.now();
    const same = text === this.last.text && now - this.last.at < SAME;
    this.last = { text, at: now };
    if (!same && this.on) this.found(text);
  }
}

async function nativeDetector(): Promise<Detector | null> {
  const { BarcodeDetector: Kind } = window as { BarcodeDetector?: Native };
  if (!Kind) return null;
  const known = await Kind.getSupportedFormats().catch(() => [] as string[]);
  return FORMATS.every((f) => known.includes(f)) ? new Kind({ formats: FORMATS }) : null;
}
