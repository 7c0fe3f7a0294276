import { pgError } from "../errors.ts";

/**
 * Loads a driver, which only who uses it has to install.
 *
 * @throws ServerError `DRIVER_NOT_FOUND` with the command that installs it.
 */
export async function loadDriver<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    // What is wrong inside of a driver says so itself.
    if (code !== "ERR_MODULE_NOT_FOUND") throw cause;
    throw pgError("DRIVER_NOT_FOUND", `the database needs the package "${name}": npm install ${name}`, {
      cause,
    });
  }
}
