import ts from "typescript";
import { readCompilerOptions } from "../project/compiler-options.ts";

/** A program over these files, by the options of the project's tsconfig.json. */
export function createProgram(files: readonly string[], folder: string): ts.Program {
  return ts.createProgram(files, readCompilerOptions(folder).options);
}
