import type { Candidate } from "../harness/candidate.ts";
import { makeFunction } from "../harness/make-function.ts";
import { stubFetch } from "./api.ts";
import type { ClientCandidate } from "./client-candidate.ts";
import { CONCURRENT_READS, KEYS, type ReadCase } from "./client-case.ts";

/** A candidate of a case of reads. */
export function createReads(candidate: ClientCandidate, readCase: ReadCase): Candidate {
  const { read, clear } = candidate.createReader(readCase, stubFetch);
  if (readCase.kind === "concurrent") return { name: candidate.name, ...createConcurrentReads(read, clear) };
  return { name: candidate.name, batch: takeTurns(read) };
}

/** A batch in which the keys take turns, one run after the other. */
export function takeTurns(run: (id: number) => unknown): Candidate["batch"] {
  const batch = makeFunction(
    `async (runs) => {
       for (let turn = 0, id = 0; turn < runs; turn++) {
         await run(id);
         if (++id === ${KEYS}) id = 0;
       }
     }`,
    { run },
  );
  // Correct by construction: the source is a function of this parameter.
  return batch as Candidate["batch"];
}

/** One run is all the reads at once, on an empty cache. */
function createConcurrentReads(
  read: (id: number) => unknown,
  clear: () => void,
): Pick<Candidate, "batch" | "prepare" | "maxRuns"> {
  const readAll = makeFunction(
    `() => {
       const reads = [];
       for (let count = 0; count < ${CONCURRENT_READS}; count++) reads.push(read(count % ${KEYS}));
       return Promise.all(reads);
     }`,
    { read },
    // Correct by construction: the source above.
  ) as () => Promise<unknown>;
  return { batch: async () => void (await readAll()), prepare: clear, maxRuns: 1 };
}
