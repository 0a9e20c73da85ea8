/** Why the service cannot start, in words for the person who started it. */
export class StartError extends Error {}

/** Listens with `open`; a port that is taken becomes a sentence that says which setting to change. */
export async function onPort<T>(name: string, port: number, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (codeOf(error) === "EADDRINUSE") {
      throw new StartError(
        `Port ${port} is in use. Choose another one: ${name}=${port + 1} npm start`,
      );
    }
    if (codeOf(error) === "EACCES") {
      throw new StartError(`Port ${port} may not be opened. Choose a ${name} above 1023.`);
    }
    throw error;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
