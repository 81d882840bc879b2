// Reads codes in pictures beside the page, so that a slow phone's screen does not wait. This file has a
// content security policy of its own (WebAssembly); the page keeps the strict one.

import "./old";
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

prepareZXingModule({ overrides: { locateFile: () => wasm } });
const detector = new BarcodeDetector({ formats: ["qr_code", "code_128"] });

self.onmessage = (event: MessageEvent<ImageData>) => {
  void detector
    .detect(event.data)
    .then((found) => found.map((code) => code.rawValue))
    .catch(() => [])
    .then((texts) => self.postMessage(texts));
};
