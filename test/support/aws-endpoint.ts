import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface AwsRequest {
  readonly method: string;
  readonly path: string;
  /** `X-Amz-Target` of AWS's JSON protocols, such as `AmazonSQS.SendMessage`. */
  readonly target: string;
  readonly body: string;
}

export interface AwsAnswer {
  readonly status?: number;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A service of AWS on a loopback port, as far as a test needs it. */
export interface AwsEndpoint {
  readonly requests: readonly AwsRequest[];
  /** How to reach it, for an SDK client. */
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly maxAttempts: number;
    readonly forcePathStyle: boolean;
  };
  stop(): Promise<void>;
}

export async function startAwsEndpoint(
  answer: (request: AwsRequest) => AwsAnswer,
): Promise<AwsEndpoint> {
  const requests: AwsRequest[] = [];
  const server = createServer(async (incoming, response) => {
    let body = "";
    for await (const chunk of incoming) body += String(chunk);
    const { method = "", url: path = "", headers } = incoming;
    const request = { method, path, target: String(headers["x-amz-target"] ?? ""), body };
    requests.push(request);
    const { status = 200, body: text, headers: extra = {} } = answer(request);
    response.writeHead(status, extra).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    requests,
    config: {
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
      forcePathStyle: true,
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
