import { ServerError } from "@x/server";

/** Makes a payload of the next version from one of the version that it stands for. */
export type UpgradePayload = (payload: never) => unknown;

/** The versions of a payload that a program understands, and the way from each to the current one. */
export class Versions {
  readonly current: number;
  /** The earliest first. There is a way from each to the current one. */
  readonly known: readonly number[];
  readonly #upgrade: Readonly<Record<number, UpgradePayload>>;

  /** @throws ServerError `INVALID_JOB` for a version that is none, or an upgrade that leads nowhere. */
  constructor(queue: string, version = 1, upgrade: Readonly<Record<number, UpgradePayload>> = {}) {
    if (!Number.isSafeInteger(version) || version < 1)
      throw new ServerError(
        "INVALID_JOB",
        `the version of "${queue}" is no whole number from 1 on: ${version}`,
      );
    const from = Object.keys(upgrade).map(Number);
    const stray = from.find((it) => !Number.isSafeInteger(it) || it < 1 || it >= version);
    if (stray !== undefined)
      throw new ServerError(
        "INVALID_JOB",
        `"${queue}" of version ${version} upgrades from ${stray}: take versions from 1 to ${version - 1}`,
      );
    const earliest = Math.min(version, ...from);
    const known = Array.from({ length: version - earliest + 1 }, (_, index) => earliest + index);
    const gap = known.find((it) => it < version && typeof upgrade[it] !== "function");
    if (gap !== undefined)
      throw new ServerError(
        "INVALID_JOB",
        `"${queue}" upgrades from ${earliest}, and has no step from ${gap} on`,
      );
    this.current = version;
    this.known = known;
    this.#upgrade = upgrade;
  }

  /** Takes a payload through every step up to the current version. */
  async toCurrent(payload: unknown, version: number): Promise<unknown> {
    let upgraded = payload;
    for (let step = version; step < this.current; step += 1)
      // What a step takes is what the step before it, or an earlier program, has made.
      upgraded = await this.#upgrade[step]!(upgraded as never);
    return upgraded;
  }
}
