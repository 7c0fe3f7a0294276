// What the samples' plugins put on `data`.
declare module "@x/server" {
  interface DefineApiInject {
    current_user?: {
      id: number;
      name: string;
      roles: string[];
    } | null;
    injected?: string;
  }

  interface InvokeContext {
    sharedLoaded?: boolean;
  }
}

export type User = { id: number; name: string; roles: string[] } | null;

/** The sample's own function, of which it shows the call alone. */
export async function resolveUser(authorization: string | undefined): Promise<User> {
  return authorization ? { id: 1, name: authorization, roles: [] } : null;
}
