export { createQueue } from "./create-queue.ts";
export type {
  AddArguments,
  Queue,
  QueueInput,
  QueueItem,
  QueueOptions,
  QueueProgress,
  QueueSnapshot,
  QueueTask,
} from "./queue-types.ts";
