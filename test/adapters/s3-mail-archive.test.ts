import { S3Client } from "@aws-sdk/client-s3";
import { afterEach, expect, test } from "vitest";
import { ARCHIVE_PREFIX, s3MailArchive } from "../../functions/adapters/s3-mail-archive.ts";
import {
  type AwsAnswer,
  type AwsEndpoint,
  type AwsRequest,
  startAwsEndpoint,
} from "../support/aws-endpoint.ts";

let endpoint: AwsEndpoint;
afterEach(() => endpoint.stop());

async function archiveOver(answer: (request: AwsRequest) => AwsAnswer) {
  endpoint = await startAwsEndpoint(answer);
  return s3MailArchive(new S3Client(endpoint.config), "raw-mail");
}

const missing: AwsAnswer = {
  status: 404,
  body: "<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>",
};

test("a mail is read as the bytes it came in, from below the receipt rule's prefix", async () => {
  const archive = await archiveOver(() => ({ body: "From: ada@harbor.example\r\n\r\nDóne" }));
  const raw = await archive.read("abc123");
  expect(Buffer.from(raw ?? []).toString()).toBe("From: ada@harbor.example\r\n\r\nDóne");
  expect(endpoint.requests[0]).toMatchObject({
    method: "GET",
    path: expect.stringMatching(/^\/raw-mail\/inbound\/abc123(\?|$)/),
  });
});

test("a mail that was read and deleted already is not there, which is no error", async () => {
  const archive = await archiveOver(() => missing);
  expect(await archive.read("abc123")).toBeUndefined();
});

test("a bucket that refuses is an error and not a mail that was read", async () => {
  const archive = await archiveOver(() => ({
    status: 403,
    body: "<Error><Code>AccessDenied</Code><Message>no</Message></Error>",
  }));
  await expect(archive.read("abc123")).rejects.toThrow();
});

test("a mail is removed by its own key", async () => {
  const archive = await archiveOver(() => ({ status: 204, body: "" }));
  await archive.remove("abc123");
  expect(endpoint.requests[0]).toMatchObject({
    method: "DELETE",
    path: expect.stringMatching(/^\/raw-mail\/inbound\/abc123(\?|$)/),
  });
});

test("mail is unread when it was stored before the instant, on whatever page it is listed", async () => {
  const item = (key: string, at: string) =>
    `<Contents><Key>${ARCHIVE_PREFIX}${key}</Key><LastModified>${at}</LastModified></Contents>`;
  const page = (items: string, next = "") =>
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${items}${next}</ListBucketResult>`;
  const archive = await archiveOver(({ path }) => ({
    body: path.includes("continuation-token=more")
      ? page(item("third", "2026-11-24T09:59:59.000Z"))
      : page(
          item("first", "2026-11-24T08:00:00.000Z") +
            item("AMAZON_SES_SETUP_NOTIFICATION", "2026-11-01T08:00:00.000Z") +
            item("", "2026-11-01T08:00:00.000Z") +
            item("second", "2026-11-24T10:00:00.000Z"),
          "<NextContinuationToken>more</NextContinuationToken>",
        ),
  }));
  expect(await archive.unread("2026-11-24T10:00:00.000Z")).toEqual(["first", "third"]);
});
