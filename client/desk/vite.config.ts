import { defineConfig } from "vite";

// Fixed names: Django hashes and compresses them. Charts and maps are loaded where a page has one.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../../src/muster/web/static/client",
    emptyOutDir: true,
    target: ["chrome80", "safari13.1", "firefox78"],
    rollupOptions: {
      input: { desk: "src/desk.ts" },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
