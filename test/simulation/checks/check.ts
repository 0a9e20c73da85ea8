import type { Partners } from "../partners.ts";
import type { Cast } from "../people.ts";
import type { Watcher, World } from "../world.ts";

/** Something that must hold in every run, whatever goes wrong. */
export interface Check extends Watcher {
  /** Rows of the fault list (docs/SIMULATION.md) that it watches over. */
  readonly rows: readonly number[];
  readonly name: string;
  /** What can only be seen when all has come to rest. */
  ended?(): void | Promise<void>;
}

export interface Scene {
  readonly world: World;
  readonly cast: Cast;
  readonly partners: Partners;
  readonly counts: Counts;
  /** True in a run without any fault, where more can be asked for. */
  readonly isFair: boolean;
  report(check: string, detail: string): void;
}

/** What one run adds up to. */
export interface Counts {
  mails: number;
  /** Mails that went out twice beyond what the promise allows for. */
  duplicates: number;
  /** The residual case: second mails whose Send event never came. */
  residual: number;
  /** Those of them that raised the alarm. */
  residualTold: number;
  lost: number;
  heldUnseen: number;
}

export const NOTHING_COUNTED: Counts = {
  ...{ mails: 0, duplicates: 0, residual: 0, residualTold: 0, lost: 0, heldUnseen: 0 },
};

export type CreateCheck = (scene: Scene) => Check;
