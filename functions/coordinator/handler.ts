import { livePages } from "../adapters/live-pages.ts";
import { liveLifting } from "../adapters/live-ports.ts";
import { coordinatorApp } from "./app.tsx";
import { readCoordinatorConfig } from "./config.ts";

const live = liveLifting(readCoordinatorConfig(process.env));

/** HTTP API -> the pages of this step. */
export const handler = livePages(live, coordinatorApp);
