import { livePages } from "../adapters/live-pages.ts";
import { liveService } from "../adapters/live-ports.ts";
import { enrollApp } from "./app.tsx";
import { readEnrollConfig } from "./config.ts";

const live = liveService(readEnrollConfig(process.env));

/** HTTP API -> the pages of this step. */
export const handler = livePages(live, enrollApp);
