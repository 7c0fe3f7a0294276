// Its published types bring all of Koa with them, and fix the context to Koa's.
declare module "koa-compose" {
  export default function compose<Context>(
    steps: readonly ((context: Context, next: () => Promise<unknown>) => unknown)[],
  ): (context: Context, next: (context: Context) => unknown) => Promise<unknown>;
}
