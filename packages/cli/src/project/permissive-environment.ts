/**
 * Variables of which each is set, for looking at what configuration names whatever the machine has. What the machine
 * does not have reads "true", which suits a switch as well as a text.
 */
export const permissiveEnvironment: Readonly<Record<string, string | undefined>> = new Proxy(process.env, {
  get: (env, name) => (typeof name === "string" ? (env[name] ?? "true") : undefined),
  has: () => true,
  // Whoever asks for a variable of its own is told of one.
  getOwnPropertyDescriptor: (env, name) => ({
    value: env[String(name)] ?? "true",
    enumerable: true,
    configurable: true,
  }),
});
