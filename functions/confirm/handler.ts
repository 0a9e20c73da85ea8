import { livePages } from "../adapters/live-pages.ts";
import { liveService } from "../adapters/live-ports.ts";
import { confirmApp } from "./app.tsx";
import { readConfirmConfig } from "./config.ts";

const live = liveService(readConfirmConfig(process.env));

/** HTTP API -> the pages of this step. */
export const handler = livePages(live, confirmApp);
