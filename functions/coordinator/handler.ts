import { livePages } from "../adapters/live-pages.ts";
import { liveService } from "../adapters/live-ports.ts";
import { coordinatorApp } from "./app.tsx";
import { readCoordinatorConfig } from "./config.ts";

const live = liveService(readCoordinatorConfig(process.env));

/** HTTP API -> the pages of this step. */
export const handler = livePages(live, coordinatorApp);
