import { livePages } from "../adapters/live-pages.ts";
import { liveLifting } from "../adapters/live-ports.ts";
import { partnerApp } from "./app.tsx";
import { readPartnerConfig } from "./config.ts";

const live = liveLifting(readPartnerConfig(process.env));

/** HTTP API -> the pages of this step. */
export const handler = livePages(live, partnerApp);
