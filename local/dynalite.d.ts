/** The parts of dynalite 4 that are used here; the package brings no types. */
declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** Folder of the LevelDB store; in memory when absent. */
    readonly path?: string;
    /** How long a new table stays in the state CREATING. */
    readonly createTableMs?: number;
  }

  // biome-ignore lint/style/noDefaultExport: the package is one function.
  export default function dynalite(options: DynaliteOptions): Server;
}
