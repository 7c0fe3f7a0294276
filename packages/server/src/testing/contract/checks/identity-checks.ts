import { parsePluginType, TYPE_FORMS } from "../../../plugins/plugin-type.ts";
import type { Plugin } from "../../../types.ts";
import { broken, show } from "../broken.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const HOOKS = ["applyConfig", "onMount", "onInvoke", "onClose"] as const;
const STABLE = "make it a readonly field that the constructor sets";

/** Who the plugin is, and what it does at all. */
export const IDENTITY_CHECKS: readonly PluginPromise[] = [
  {
    id: "identity",
    name: "has a valid type and name, which never change",
    async run(bench) {
      const plugin = bench.create();
      const [type, name] = [readText(plugin, "type"), readText(plugin, "name")];
      if (!parsePluginType(type)) broken(`its type ${show(type)} names no module`, `write ${TYPE_FORMS}`);
      const same = (at: string, { type: typeNow, name: nameNow }: Plugin): void => {
        if (typeNow !== type) broken(`its type is ${show(type)} first and ${show(typeNow)} ${at}`, STABLE);
        if (nameNow !== name) broken(`its name is ${show(name)} first and ${show(nameNow)} ${at}`, STABLE);
      };
      same("when it is read again", plugin);
      same("in a second instance of the same options", bench.create());
      await bench.withFunc({ plugins: [plugin] }, async (func) => {
        await bench.mount(func);
        same("once it is mounted", plugin);
        await bench.pass(func);
        same("after a request", plugin);
      });
    },
  },
  {
    id: "hooks",
    name: "has an onMount or an onInvoke",
    run(bench) {
      const plugin = bench.create();
      if (plugin.onMount === undefined && plugin.onInvoke === undefined)
        broken("it has neither onMount nor onInvoke, so it does nothing", "implement one");
      for (const hook of HOOKS)
        if (plugin[hook] !== undefined && typeof plugin[hook] !== "function")
          broken(`its ${hook} is ${show(plugin[hook])}`, "make it a method");
    },
  },
  {
    id: "name-from-options",
    name: "takes its name from the options, so that one function can have two",
    async run(bench) {
      const names = ["contract-outer", "contract-inner"];
      const plugins = names.map((name) => bench.create(name));
      for (const [index, { name }] of plugins.entries())
        if (name !== names[index])
          broken(
            `it is called ${show(name)} where the options say ${show(names[index])}`,
            "take the name from the constructor's options, with your own as the default",
          );
      let runs = 0;
      await bench.withFunc({ plugins, handler: () => void (runs += 1) }, async (func) => {
        await bench.mount(func);
        await bench.pass(func);
      });
      if (runs !== 1)
        broken(`behind two instances the handler ran ${runs} times`, "let each call next() once");
    },
  },
];

function readText(plugin: Plugin, field: "type" | "name"): string {
  // Whatever its type says.
  const value: unknown = plugin[field];
  if (typeof value === "string" && value.trim() !== "") return value;
  return broken(`its ${field} is ${show(value)}`, "give it a text that is stable");
}
