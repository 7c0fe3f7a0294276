import type { TagData } from "../http/declarations.ts";

/** Gives the tags of one success. */
export type TagFunction<Params> = (data: TagData<Params>) => readonly string[];

/** What an API reads or writes: templates such as `orders/:id`, or a function. */
export type ApiTags<Params, Templates extends readonly string[] | undefined> =
  Templates | TagFunction<Params>;
