import product from "../vite.config.ts";

/** `npx vite build -c proto/vite.config.ts`, then `npx vite preview -c proto/vite.config.ts`. */
export default {
  ...product,
  build: {
    target: "safari16",
    outDir: "node_modules/.proto",
    emptyOutDir: true,
    rolldownOptions: { input: "proto/index.html" },
  },
  preview: { port: 5174, host: "127.0.0.1" },
};
