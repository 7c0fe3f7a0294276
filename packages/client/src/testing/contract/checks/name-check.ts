import { broken, show } from "../broken.ts";
import type { PluginPromise } from "../plugin-promise.ts";

const VALID = /^[a-z][a-z0-9-]*(:[a-z][a-z0-9-]*)?$/;

/** By what others know the plugin. */
export const NAME_CHECK: PluginPromise = {
  id: "name",
  name: "has a valid name, the same for every instance",
  run({ createPlugin }) {
    const plugin = createPlugin();
    const { name } = plugin;
    if (typeof name !== "string" || !VALID.test(name))
      broken(
        `its name is ${show(name)}`,
        'take "vendor:word" in lower case with dashes; a word without a vendor is an official plugin\'s',
      );
    const other = createPlugin();
    if (other === plugin)
      broken("it is the same object each time", "give the contract a function that makes a new one");
    if (other.name !== name)
      broken(
        `another instance is named ${show(other.name)}, and not ${show(name)}`,
        "name the plugin, not its instances: others find it by its name, and two of them are a mistake",
      );
  },
};
