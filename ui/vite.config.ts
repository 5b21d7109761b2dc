import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import {
  modesWithoutPrototype,
  reactCompiler,
  styleModOnConstructedSheets,
  withTheStart,
} from "./build/plugins.ts";

export default defineConfig({
  plugins: [styleModOnConstructedSheets(), modesWithoutPrototype(), reactCompiler(), react()],
  // Tauri serves dist/ itself; relative addresses would break its custom protocol.
  base: "/",
  // Taken as it is, so that the development server's is mended too.
  optimizeDeps: { exclude: ["@codemirror/legacy-modes/mode/clike"] },
  server: { port: 5173, strictPort: true, host: "127.0.0.1" },
  build: {
    target: "safari16",
    modulePreload: { polyfill: false },
    // The policy takes fonts from our own files only, not from data: addresses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    // What the first frame needs is one file: asking for each costs more than what is in it.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: withTheStart(fileURLToPath(new URL("index.html", import.meta.url))) }],
        },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    testTimeout: 30_000,
    // Through the plugins, as in a build.
    server: { deps: { inline: ["@codemirror/legacy-modes"] } },
  },
});
