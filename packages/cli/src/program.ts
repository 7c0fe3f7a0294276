import { Command, InvalidArgumentError, Option } from "commander";
import type {
  CommandContext,
  CommonOptions,
  DevOptions,
  JobsListOptions,
  JobsOptions,
  ServeOptions,
  TypesOptions,
  WorkerOptions,
} from "./command-context.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./output/terminal.ts";
import { readVersion } from "./version.ts";

const JOB_STATES = ["waiting", "running", "completed", "failed", "cancelled"];
const EXIT_CODES = "Exit codes: 0 all is well, 1 a problem was found or something failed, 2 wrong usage.";

/** The command line: what it understands, and which file does it. A command's code is loaded when it is called. */
export function createProgram(terminal: Terminal, end: (code: ExitCode) => void): Command {
  const program = new Command("x")
    .description(
      "Serve, watch, explain and check a project of @x/server, type its clients, and begin a plugin.",
    )
    .version(readVersion())
    .option("--root <dir>", "folder of the API files (default: src, else .)")
    .option("--stage <name>", "stage whose sections of faas.yaml count")
    .option("--json", "one JSON document on stdout, and nothing else")
    .option("--no-color", "plain text; NO_COLOR does the same")
    .option("--verbose", "show the stacks of errors")
    .exitOverride()
    .configureOutput({
      writeOut: (text) =>
        terminal.json ? terminal.document({ ok: true, text }) : terminal.line(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
      outputError: (text, write) =>
        write(text.replace(/^error:/, terminal.paintNote(["red", "bold"], "error"))),
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("afterAll", `\n${EXIT_CODES}`);
  const contextOf = <Options extends CommonOptions>(command: Command): CommandContext<Options> => ({
    terminal,
    // The options of a command are declared beside the action that reads them.
    options: command.optsWithGlobals() as unknown as Options,
  });

  addServeOptions(program.command("dev"))
    .description("serve, and take in what changes on disk")
    .option("--types [file]", "write the contract as x types does, and keep it current")
    .action(async (_, command: Command) => {
      const { dev } = await import("./commands/dev.ts");
      end(await dev(contextOf<DevOptions>(command)));
    });
  addServeOptions(program.command("start"))
    .description("serve in production, until SIGTERM")
    .action(async (_, command: Command) => {
      const { start } = await import("./commands/start.ts");
      end(await start(contextOf<ServeOptions>(command)));
    });
  program
    .command("types")
    .argument("[folder]", "folder of the API files, as --root")
    .description("write the types and shapes of all APIs, for clients")
    .option("--out <file>", "where to write them (default: contract.ts in the root)")
    .option("--check", "write nothing, and fail when the files are not current")
    .action(async (folder: string | undefined, _, command: Command) => {
      const { types } = await import("./commands/types.ts");
      end(await types(folder, contextOf<TypesOptions>(command)));
    });
  program
    .command("routes")
    .description("list routes with methods, files and plugins")
    .action(async (_, command: Command) => {
      const { routes } = await import("./commands/routes.ts");
      end(await routes(contextOf(command)));
    });
  program
    .command("explain")
    .argument("<route>", 'a path, a file, or "config" before one of them for its configuration alone')
    .argument("[api]")
    .description("tell where plugins and configuration come from")
    .action(async (target: string, api: string | undefined, _, command: Command) => {
      const { explain } = await import("./commands/explain.ts");
      end(await explain(target, api, contextOf(command)));
    });
  program
    .command("schema")
    .description("write the JSON Schema of faas.yaml, for editors")
    .option("--out <file>", "where to write it (default: faas.schema.json in the root)")
    .action(async (_, command: Command) => {
      const { schema } = await import("./commands/schema.ts");
      end(await schema(contextOf<CommonOptions & { out?: string }>(command)));
    });
  const db = program.command("db").description("migrate databases, and tell how their migrations stand");
  db.command("migrate")
    .description("run pending migrations")
    .action(async (_, command: Command) => {
      const { migrate } = await import("./commands/db.ts");
      end(await migrate(contextOf(command)));
    });
  db.command("status")
    .description("tell which migrations have run, and which do not fit them")
    .action(async (_, command: Command) => {
      const { status } = await import("./commands/db.ts");
      end(await status(contextOf(command)));
    });
  addJobsOptions(program.command("worker"))
    .description("run jobs, until SIGTERM")
    .option("--queues <names>", "only these queues, separated by commas")
    .option("--concurrency <number>", "how many jobs at a time, all queues together", toCount)
    .action(async (_, command: Command) => {
      const { worker } = await import("./commands/worker.ts");
      end(await worker(contextOf<WorkerOptions>(command)));
    });
  addJobsCommands(program.command("jobs"), end, contextOf);
  program
    .command("doctor")
    .description("check the project's plugins, tests and configuration")
    .action(async (_, command: Command) => {
      const { doctor } = await import("./commands/doctor.ts");
      end(await doctor(contextOf(command)));
    });
  program
    .command("new")
    .argument("<kind>", "client-plugin or server-plugin")
    .argument("<name>", "vendor:word; a plain word inside the monorepo of the official plugins")
    .description("scaffold the package of a plugin, tests and all")
    .option("--out <dir>", "where to write it (default: client-<word> or server-<word>)")
    .action(async (kind: string, name: string, _, command: Command) => {
      const { newPackage } = await import("./commands/new.ts");
      end(await newPackage(kind, name, contextOf<CommonOptions & { out?: string }>(command)));
    });
  return program;
}

type ContextOf = <Options extends CommonOptions>(command: Command) => CommandContext<Options>;

function addJobsCommands(jobs: Command, end: (code: ExitCode) => void, contextOf: ContextOf): void {
  jobs.description("look at jobs, and retry or cancel them");
  addJobsOptions(jobs.command("list"))
    .description("list jobs, the latest first")
    .option("--queue <name>", "only those of this queue")
    .addOption(new Option("--state <state>", "only those in this state").choices(JOB_STATES))
    .option("--limit <number>", "how many at most (default: 50)", toCount)
    .action(async (_, command: Command) => {
      const { list } = await import("./commands/jobs.ts");
      end(await list(contextOf<JobsListOptions>(command)));
    });
  const single = {
    show: "tell all of one job",
    retry: "give it another attempt",
    cancel: "take it out of its queue",
  };
  for (const [name, description] of Object.entries(single) as [keyof typeof single, string][])
    addJobsOptions(jobs.command(name))
      .argument("<id>")
      .description(description)
      .action(async (id: string, _, command: Command) => {
        const commands = await import("./commands/jobs.ts");
        end(await commands[name](id, contextOf<JobsOptions>(command)));
      });
  addJobsOptions(jobs.command("next"))
    .argument("[queue]")
    .description("preview the next ten times of schedules")
    .action(async (queue: string | undefined, _, command: Command) => {
      const { next } = await import("./commands/jobs.ts");
      end(await next(queue, contextOf<JobsOptions>(command)));
    });
}

function addJobsOptions(command: Command): Command {
  return command.option("--file <file>", "what exports the jobs (default: jobs.ts in the root)");
}

function toCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}

function addServeOptions(command: Command): Command {
  return command
    .option("--port <number>", "0 takes a free one (default: PORT, else 3000)", toPort)
    .option("--host <address>", "address to listen at (default: 127.0.0.1)");
}

function toPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("A port is a number from 0 to 65535.");
}
