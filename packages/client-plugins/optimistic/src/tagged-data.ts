import type { DataOf } from "@x/client";

/**
 * The data of all reads that a tag or a pattern finds, as far as the API says by types what they read: an endpoint without
 * `reads` is found by its path. `unknown` where it says of none.
 */
export type TaggedData<Api, Tag extends string> = string extends Tag
  ? unknown
  : [FoundData<Api, Tag>] extends [never]
    ? unknown
    : FoundData<Api, Tag>;

type FoundData<Api, Tag extends string> = {
  [Path in keyof Api & string]: Api[Path] extends { GET: infer Declared }
    ? true extends IsFound<TagsOfRead<Declared, Path>, Tag>
      ? DataOf<Declared>
      : never
    : never;
}[keyof Api & string];

type TagsOfRead<Declared, Path extends string> = Declared extends {
  reads: readonly (infer Tag extends string)[];
}
  ? Tag
  : Path;

/** Compares segment by segment, as the client does: `:id` is anything, and so is what a `*` stands for. */
type IsFound<Declared extends string, Tag extends string> = string extends Declared
  ? true
  : Tag extends "*"
    ? true
    : Declared extends `${infer Head}/${infer Tail}`
      ? Tag extends `${infer TagHead}/${infer TagTail}`
        ? true extends IsSame<Head, TagHead>
          ? IsFound<Tail, TagTail>
          : false
        : false
      : Tag extends `${string}/${string}`
        ? false
        : IsSame<Declared, Tag>;

type IsSame<Declared extends string, Segment extends string> = Declared extends `:${string}`
  ? true
  : Segment extends Declared
    ? true
    : Declared extends Segment
      ? true
      : false;
