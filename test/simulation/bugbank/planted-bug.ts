/**
 * One mistake as somebody could make it: a guard taken out, an order turned round, a figure wrong. The
 * simulator must find it, and a test by name must fail with it.
 */
export interface PlantedBug {
  /** What the code does wrong, in a few words. */
  readonly name: string;
  /** Rows of the fault list (docs/SIMULATION.md) whose invariant it breaks. */
  readonly rows: readonly number[];
  readonly file: `functions/${string}`;
  readonly changes: readonly [Replacement, ...Replacement[]];
  /** Checks of the simulation that are expected to find it; whichever does is printed. */
  readonly checks: readonly [string, ...string[]];
  /** The test that fails with it. */
  readonly test: NamedTest;
}

/** A piece of the file, to the letter, and what stands in its place while the bug is planted. */
export interface Replacement {
  readonly find: string;
  readonly put: string;
}

export interface NamedTest {
  readonly file: `test/${string}`;
  /** The last part of its name; what vitest's report calls the title. */
  readonly title: string;
}

/**
 * The file with the bug in it.
 *
 * @throws Error where a piece is not there exactly once: the code has changed, and the bug with it
 */
export function plant(source: string, { name, file, changes }: PlantedBug): string {
  return changes.reduce((text, { find, put }) => {
    const parts = text.split(find);
    if (parts.length !== 2) {
      throw new Error(
        `"${name}" does not apply any more: ${file} has ${parts.length - 1} times\n${find}`,
      );
    }
    return parts.join(put);
  }, source);
}
