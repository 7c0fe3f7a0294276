// What a user of @x/client-transform writes, against the published package: its API at run time, its types when
// checked.
import assert from "node:assert/strict";
import { transform, type Transforms, type TransformInternal, type TransformTo } from "@x/client-transform";
import type { ClientPlugin } from "@x/client";
import { createTestBench } from "@x/client/testing";

interface Post {
  readonly title: string;
  readonly createdAt: Date;
}
interface WirePost {
  readonly title: string;
  readonly createdAt: string;
}
interface Api {
  "posts/:id": { GET: { data: Post } };
}

const toPost: TransformTo<Post> = (post: WirePost) => ({ ...post, createdAt: new Date(post.createdAt) });
const transforms: Transforms<Api> = { "posts/:id": { GET: toPost } };

// Another plugin, which knows the type of what this one offers.
const years: (number | undefined)[] = [];
const asking: ClientPlugin = {
  name: "consumer:asking",
  middleware(context, next) {
    const internal: TransformInternal | undefined = context.plugins.get("transform");
    const made = internal?.transform({ title: "Old", createdAt: "1999-01-01T00:00:00Z" });
    years.push((made as Post | undefined)?.createdAt.getUTCFullYear());
    return next();
  },
};

const bench = createTestBench<Api>();
bench.transport.reply("GET posts/1", { data: { title: "Hi", createdAt: "2031-05-01T00:00:00Z" } });
const client = bench.client.use([transform<Api>(transforms), asking]);
const { data } = await client.get("posts/:id", { params: { id: 1 } });
const createdAt: Date | undefined = data?.createdAt;
assert.equal(createdAt?.getUTCFullYear(), 2031);
assert.deepEqual(years, [1999]);

// @ts-expect-error the API has a date there
transform<Api>({ "posts/:id": { GET: (post: WirePost) => post } });
// @ts-expect-error the API has no such path
transform<Api>({ users: { GET: toPost } });
assert.deepEqual(bench.reported, []);
