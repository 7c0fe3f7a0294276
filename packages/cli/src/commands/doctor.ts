import type { CommandContext } from "../command-context.ts";
import { examine } from "../doctor/examine.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { openProject } from "../project/open-project.ts";
import { listFindings, tellExamination, toExaminationDocument } from "../report/examination.ts";

/** Checks a project by the checklist for plugins, and tells each point with its place. */
export async function doctor({ terminal, options }: CommandContext): Promise<ExitCode> {
  const project = await openProject(options, { allowEmpty: true });
  const examination = await examine(project);
  const failed = listFindings(examination).some(({ severity }) => severity === "error");
  terminal.document({ ok: !failed, root: project.root, ...toExaminationDocument(examination) });
  tellExamination(examination, terminal);
  return failed ? EXIT.failed : EXIT.ok;
}
