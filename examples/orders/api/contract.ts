// Written by `x types`. Changes are lost.
/* eslint-disable */
import type { ApiContract } from "@x/server";

export interface Contract {
  "admin/change-role": ApiContract<typeof import("./admin/change-role.api.ts").default>;
  "admin/exports/read": ApiContract<typeof import("./admin/exports/read.api.ts").default>;
  "admin/exports/start": ApiContract<typeof import("./admin/exports/start.api.ts").default>;
  "admin/report": ApiContract<typeof import("./admin/report.api.ts").default>;
  "admin/staff": ApiContract<typeof import("./admin/staff.api.ts").default>;
  "attachments/add": ApiContract<typeof import("./attachments/add.api.ts").default>;
  "attachments/read": ApiContract<typeof import("./attachments/read.api.ts").default>;
  "customers/search": ApiContract<typeof import("./customers/search.api.ts").default>;
  "jobs/progress": ApiContract<typeof import("./jobs/progress.api.ts").default>;
  "orders/change-status": ApiContract<typeof import("./orders/change-status.api.ts").default>;
  "orders/create": ApiContract<typeof import("./orders/create.api.ts").default>;
  "orders/detail": ApiContract<typeof import("./orders/detail.api.ts").default>;
  "orders/edit-note": ApiContract<typeof import("./orders/edit-note.api.ts").default>;
  "orders/feed": ApiContract<typeof import("./orders/feed.api.ts").default>;
  "orders/list": ApiContract<typeof import("./orders/list.api.ts").default>;
  "products/list": ApiContract<typeof import("./products/list.api.ts").default>;
  "session/refresh": ApiContract<typeof import("./session/refresh.api.ts").default>;
  "session/sign-in": ApiContract<typeof import("./session/sign-in.api.ts").default>;
  "session/sign-out": ApiContract<typeof import("./session/sign-out.api.ts").default>;
}

export const contract = {
  hashes: {
    "admin/change-role POST": "kOaH1EP5-1V4",
    "admin/exports/read GET": "k4MwFwWv9p_W",
    "admin/exports/start POST": "cc1AVeinMJxN",
    "admin/report GET": "oY_E2VmsNKrv",
    "admin/staff GET": "Q0xpRultpCYw",
    "attachments/add POST": "r5GMEmi-tOUp",
    "attachments/read GET": "E0ULrDZBUh0c",
    "customers/search GET": "mzY5bMMieMwr",
    "jobs/progress GET": "DR-Fl-R07jQd",
    "orders/change-status POST": "RvYiy33FLr4s",
    "orders/create POST": "QYLp1UDrOFE4",
    "orders/detail GET": "FQRGBggfGjks",
    "orders/edit-note POST": "K-kzTT5JNPZa",
    "orders/feed GET": "F5Fdsqn_rsD1",
    "orders/list GET": "t_Xp9qhCg8l3",
    "products/list GET": "K5ZrAs4fZC-j",
    "session/refresh POST": "mZKhuKSGoKAC",
    "session/sign-in POST": "1Pk32TtTHVzt",
    "session/sign-out POST": "vrhzR2Rwp20j",
  },
  shapes: () => import("./contract.json", { with: { type: "json" } }),
} as const;
