import { livePages } from "../adapters/live-pages.ts";
import { liveService } from "../adapters/live-ports.ts";
import { partnerApp } from "./app.tsx";
import { readPartnerConfig } from "./config.ts";

const live = liveService(readPartnerConfig(process.env));

/** HTTP API -> the pages of this step. */
export const handler = livePages(live, partnerApp);
