import { expect, it } from "vitest";
import { ResponseReader, withoutFrames } from "./response-reader.ts";

const WITH_LENGTH = "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nhello";
const CHUNKED =
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\na\r\n0123456789\r\n0\r\n\r\n";
const EMPTY = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n";

it.each([
  [WITH_LENGTH, 201, "hello"],
  [CHUNKED, 200, "abc0123456789"],
  [EMPTY, 204, ""],
])("reads a response however it is cut: %j", (text, status, body) => {
  for (let cut = 1; cut <= text.length; cut++) {
    const reader = new ResponseReader();
    const pieces = text.match(new RegExp(`[^]{1,${cut}}`, "g"))!.map((piece) => Buffer.from(piece));
    const responses = pieces.map((piece) => reader.push(piece));
    const last = responses.pop()!;
    expect(responses.every((response) => response === undefined)).toBe(true);
    expect(last.status).toBe(status);
    expect(withoutFrames(last).toString()).toBe(body);
  }
});

it("reads one response after the other", () => {
  const reader = new ResponseReader();
  const statuses = [CHUNKED, WITH_LENGTH, EMPTY, CHUNKED].map(
    (text) => reader.push(Buffer.from(text))?.status,
  );
  expect(statuses).toEqual([200, 201, 204, 200]);
});
