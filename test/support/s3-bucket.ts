import { S3Client } from "@aws-sdk/client-s3";
import type { Instant } from "../../functions/core/instant.ts";
import type { Clock } from "../../functions/ports.ts";
import { type AwsAnswer, startAwsEndpoint } from "./aws-endpoint.ts";

/** A bucket of S3 on a loopback port, with what the archive asks of it, by the test's clock. */
export interface LoopbackBucket {
  readonly client: S3Client;
  readonly name: string;
  /** As SES's receipt rule stores a mail. */
  put(key: string, raw: Uint8Array): void;
  stop(): Promise<void>;
}

interface StoredObject {
  readonly raw: Uint8Array;
  readonly at: Instant;
}

/** Few enough that a list takes several pages. */
const KEYS_A_PAGE = 2;

export async function startBucket(clock: Clock): Promise<LoopbackBucket> {
  const name = "raw-mail";
  const objects = new Map<string, StoredObject>();
  const endpoint = await startAwsEndpoint(({ method, path }) => {
    const { pathname, searchParams } = new URL(path, "http://s3.example");
    const key = decodeURIComponent(pathname.slice(`/${name}/`.length));
    if (searchParams.get("list-type") === "2") return listed(objects, searchParams);
    if (method === "DELETE") {
      objects.delete(key);
      return { status: 204, body: "" };
    }
    const found = objects.get(key);
    return found === undefined ? NO_SUCH_KEY : { body: found.raw };
  });
  return {
    client: new S3Client(endpoint.config),
    name,
    put: (key, raw) => void objects.set(key, { raw, at: clock.now() }),
    stop: () => endpoint.stop(),
  };
}

const NO_SUCH_KEY: AwsAnswer = {
  status: 404,
  body: "<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>",
};

function listed(objects: ReadonlyMap<string, StoredObject>, asked: URLSearchParams): AwsAnswer {
  const prefix = asked.get("prefix") ?? "";
  const after = asked.get("continuation-token") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, KEYS_A_PAGE);
  const items = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>${objects.get(key)?.at}</LastModified></Contents>`,
  );
  const next =
    keys.length > page.length
      ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>`
      : "";
  return {
    body: `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${items.join("")}${next}</ListBucketResult>`,
  };
}
