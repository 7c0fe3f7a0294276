import type { Jobs } from "@x/jobs";
import type { InvokeData, MountData, Next, Plugin, PluginOptions } from "@x/server";
import { z } from "zod";
import { type SharedJobs, shareJobs } from "../../jobs/share-jobs.ts";

declare module "@x/server" {
  interface DefineApiInject {
    /** What runs in the background. */
    jobs: Jobs;
  }
}

const configSchema = z.strictObject({
  /** Where the desk keeps all that is its. */
  folder: z.string().min(1),
});

/** Gives functions the jobs of the desk, which run in the same process from the first mount to the last close. */
export class JobsPlugin implements Plugin {
  static readonly configSchema = configSchema;
  static readonly publicConfig = ["folder"];
  readonly type: string;
  readonly name: string;
  readonly #folder: string;
  /** One for each function that has mounted this instance. */
  readonly #shared: SharedJobs[] = [];

  constructor({ type, name, config }: PluginOptions) {
    this.type = type;
    this.name = name;
    this.#folder = (config as z.infer<typeof configSchema>).folder;
  }

  async onMount(_data: MountData, next: Next): Promise<void> {
    this.#shared.push(await shareJobs(this.#folder));
    await next();
  }

  onInvoke(data: InvokeData, next: Next): Promise<void> {
    data.jobs = this.#shared[0]!.jobs;
    return next();
  }

  async onClose(): Promise<void> {
    await this.#shared.pop()?.release();
  }
}
