import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

// Served under /lane/ as it lies here (settings.WHITENOISE_ROOT): the names carry their own hashes, and
// the service worker knows them.
export default defineConfig({
  base: "/lane/",
  plugins: [vue()],
  worker: { format: "iife" },
  define: { __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false" },
  build: {
    outDir: "../../src/muster/web/static/root/lane",
    emptyOutDir: true,
    target: ["chrome80", "safari13.1", "firefox78"],
    assetsInlineLimit: 0, // the content security policy takes no data: scripts, styles or fonts
    modulePreload: { polyfill: false },
  },
  test: { environment: "node", include: ["tests/**/*.test.ts"] },
});
