import { defineConfig } from "vite";

export default defineConfig({
  root: "page",
  // Whoever builds it, a test runner too: what comes of it is for users.
  define: { "process.env.NODE_ENV": '"production"' },
  oxc: { jsx: { runtime: "automatic", development: false } },
  build: { outDir: "../dist", emptyOutDir: true, target: "es2023" },
});
