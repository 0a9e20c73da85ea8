import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to one request on its way: it passes, or the connection breaks before or after the far side has it. */
export type Passage = "passes" | "request-lost" | "answer-lost";

export interface LossyProxy {
  readonly endpoint: string;
  /** What happens to the next requests, one after the other; all others pass. */
  readonly passages: Passage[];
  /** Requests that came in so far. */
  readonly requests: { count: number };
  stop(): Promise<void>;
}

/** A loopback proxy in front of an HTTP service that loses what it is told to lose. */
export async function startLossyProxy(target: string): Promise<LossyProxy> {
  const passages: Passage[] = [];
  const requests = { count: 0 };
  const server = createServer(async (request, response) => {
    requests.count += 1;
    const passage = passages.shift() ?? "passes";
    if (passage === "request-lost") return void request.socket.destroy();
    const answer = await forward(request, target);
    if (passage === "answer-lost") return void request.socket.destroy();
    await hand(answer, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passages,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function forward(request: IncomingMessage, target: string): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === "string" && !["connection", "content-length"].includes(name)
      ? [[name, value] as [string, string]]
      : [],
  );
  return fetch(`${target}${request.url ?? "/"}`, {
    method: request.method ?? "POST",
    headers,
    body: Buffer.concat(chunks),
  });
}

async function hand(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
