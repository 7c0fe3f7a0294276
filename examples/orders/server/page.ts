import { readdir, readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { type Api, defineApi, HttpError } from "@x/server";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
};

/** Whatever runs in the page comes from here, and nobody shows it inside of theirs. */
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/**
 * Serves a built page. Its files are known from the start, so a path can reach nothing else. Whatever a browser opens
 * beside them is the page itself, which knows what its address means.
 */
export async function createPage(folder: string): Promise<Api> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length).split(sep).join("/").replace(/^\/*/, "/"), path]),
  );

  return defineApi({
    method: "GET",
    config: { plugins: { http: { config: { etag: true } } } },
    async handler({ event: { path, headers }, setContentType, setHeader }) {
      const isOpened = headers["accept"]?.includes("text/html");
      const file = files.get(path) ?? (isOpened ? files.get("/index.html") : undefined);
      if (!file) throw new HttpError({ statusCode: 404 });
      setContentType(TYPES[extname(file)] ?? "application/octet-stream");
      // The names of assets change with their content.
      const isAsset = path.startsWith("/assets/");
      setHeader("cache-control", isAsset ? "public, max-age=31536000, immutable" : "no-cache");
      setHeader("content-security-policy", POLICY);
      setHeader("x-content-type-options", "nosniff");
      return readFile(file);
    },
  });
}
