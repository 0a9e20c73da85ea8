import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Instant } from "../core/instant.ts";
import { toMs } from "../core/instant.ts";
import type { MailArchive } from "../ports.ts";

/** Where the receipt rule puts mail in the bucket; the rest of the key is SES's message id. */
export const ARCHIVE_PREFIX = "inbound/";
/** SES puts an object of this name there when the rule is made. It is no mail. */
const SET_UP_NOTICE = "AMAZON_SES_SETUP_NOTIFICATION";

/** Raw inbound mail in an S3 bucket, as SES's receipt rule stores it. */
export function s3MailArchive(client: S3Client, bucket: string): MailArchive {
  const object = (messageId: string) => ({ Bucket: bucket, Key: ARCHIVE_PREFIX + messageId });
  return {
    read: async (messageId) => {
      try {
        const { Body } = await client.send(new GetObjectCommand(object(messageId)));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    remove: async (messageId) => {
      await client.send(new DeleteObjectCommand(object(messageId)));
    },
    unread: async (before) => {
      const messageIds: string[] = [];
      let page: ListObjectsV2CommandOutput | undefined;
      do {
        page = await client.send(new ListObjectsV2Command(nextPage(bucket, page)));
        messageIds.push(...storedBefore(page, before));
      } while (page.NextContinuationToken !== undefined);
      return messageIds;
    },
  };
}

function nextPage(bucket: string, last: ListObjectsV2CommandOutput | undefined) {
  const token = last?.NextContinuationToken;
  return {
    Bucket: bucket,
    Prefix: ARCHIVE_PREFIX,
    ...(token === undefined ? {} : { ContinuationToken: token }),
  };
}

function storedBefore({ Contents = [] }: ListObjectsV2CommandOutput, before: Instant): string[] {
  return Contents.filter(
    ({ LastModified }) => LastModified !== undefined && LastModified.getTime() < toMs(before),
  )
    .map(({ Key = "" }) => Key.slice(ARCHIVE_PREFIX.length))
    .filter((messageId) => messageId !== "" && messageId !== SET_UP_NOTICE);
}
