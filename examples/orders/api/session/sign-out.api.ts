import { defineApi } from "@x/server";

export default defineApi({ handler: ({ session }) => session.clear() });
