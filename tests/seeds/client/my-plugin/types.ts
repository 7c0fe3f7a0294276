export interface MyPluginInternal {
  doSomething: (value: string) => void;
  getSomething: () => string;
}

declare module "@x/client" {
  interface PluginInternalRegistry {
    "my-plugin": MyPluginInternal;
  }
}
