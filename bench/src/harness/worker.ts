// Measures one case in a process of its own, where no other case has shaped what the JIT knows.
import type { CandidateModule } from "./candidate.ts";
import { measureInterleaved } from "./measure-interleaved.ts";
import type { Settings } from "./settings.ts";

const [moduleUrl, caseId, settings] = process.argv.slice(2) as [string, string, string];
// The parent names the module: this file serves every suite.
const { createCandidates } = (await import(moduleUrl)) as CandidateModule;
const result = await measureInterleaved(await createCandidates(caseId), JSON.parse(settings) as Settings);
process.stdout.write(JSON.stringify(result));
