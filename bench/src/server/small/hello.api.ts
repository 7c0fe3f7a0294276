import { defineApi } from "@x/server";

export default defineApi({ method: "GET", handler: () => ({ hello: "world" }) });
