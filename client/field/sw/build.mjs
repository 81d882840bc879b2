// The service worker: everything of the build is kept at the first visit, so that the second needs no
// network. Workbox writes it; what it holds is listed with revisions.

import { generateSW } from "workbox-build";

const out = "../../src/muster/web/static/root/lane";
const { count, warnings } = await generateSW({
  swDest: `${out}/sw.js`,
  globDirectory: out,
  globPatterns: ["**/*.{html,js,css,wasm,png,webmanifest}"],
  globIgnores: ["sw.js"],
  modifyURLPrefix: { "": "/lane/" },
  dontCacheBustURLsMatching: /\/assets\//,
  maximumFileSizeToCacheInBytes: 4_000_000,
  navigateFallback: "/lane/index.html",
  navigateFallbackAllowlist: [/^\/lane\//],
  cacheId: "muster-lane",
  cleanupOutdatedCaches: true,
  clientsClaim: true,
  inlineWorkboxRuntime: true,
  sourcemap: false,
});
if (warnings.length || count < 5) throw new Error(`the service worker keeps ${count} files: ${warnings}`);
