import { createQueue } from "@x/client/queue";
import type { Scene } from "./scene.ts";

const PHOTOS = 4;
const CONCURRENCY = 2;
const PHOTO_BYTES = 192 * 1024;

export const uploads: Scene = {
  title: "A queue of uploads",
  look: "four photos, two at a time; the higher a bar, the more are under way",
  async play({ client, draw }) {
    const queue = createQueue(client, "photos/create", { concurrency: CONCURRENCY });
    const uploadOf = new Map<string, { startedAt: number; endedAt: number; told: number[] }>();
    let mostAtOnce = 0;
    const stop = queue.subscribe(() => {
      const { items, running } = queue.getSnapshot();
      mostAtOnce = Math.max(mostAtOnce, running);
      for (const { id, status, progress } of items) {
        const now = performance.now();
        if (status === "running" && !uploadOf.has(id))
          uploadOf.set(id, { startedAt: now, endedAt: now, told: [] });
        const upload = uploadOf.get(id);
        if (!upload) continue;
        const bytes = progress?.transferredBytes ?? 0;
        if (bytes > (upload.told.at(-1) ?? 0)) upload.told.push(bytes);
        if (upload.endedAt === upload.startedAt && status === "success") upload.endedAt = now;
      }
    });

    const answers = await Promise.all(
      Array.from({ length: PHOTOS }, (_, index) => {
        const name = `photo ${index + 1}`;
        const body = new FormData();
        body.set("photo", new File([new Uint8Array(PHOTO_BYTES)], name));
        return queue.add({ body }, { id: name }).done;
      }),
    );
    stop();

    for (const [name, { startedAt, endedAt, told }] of uploadOf)
      draw({ side: "screen", name, startedAt, endedAt, note: `told ${told.length} × how far it is` });
    const arrived = answers.filter(({ data }) => data?.bytes === PHOTO_BYTES).length;
    return [
      { says: `${arrived} photos of ${PHOTO_BYTES / 1024} KiB arrived`, holds: arrived === PHOTOS },
      { says: `never more than ${mostAtOnce} at once`, holds: mostAtOnce === CONCURRENCY },
      {
        says: "each was followed to its end",
        // A form is a little more than the photo in it.
        holds: [...uploadOf.values()].every(({ told }) => (told.at(-1) ?? 0) > PHOTO_BYTES),
      },
    ];
  },
};
