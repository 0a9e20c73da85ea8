import type { IncomingMessage, ServerResponse } from "node:http";
import type { SuppressedStore } from "./ses-store.ts";

/** SES's second API speaks REST and JSON: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteSuppressedDestination.html */
const PATH = "/v2/email/suppression/addresses/";

export function isSuppressionRequest({ url = "" }: IncomingMessage): boolean {
  return url.startsWith(PATH);
}

export function answerSuppression(
  { method, url = "" }: IncomingMessage,
  response: ServerResponse,
  suppressed: SuppressedStore,
): void {
  const address = decodeURIComponent(url.slice(PATH.length).replace(/\?.*$/, ""));
  if (method !== "DELETE") {
    refuse(response, 400, "BadRequestException", "This action is not offered here.");
  } else if (suppressed.remove(address)) {
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  } else {
    refuse(response, 404, "NotFoundException", "The address is not on the suppression list.");
  }
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  const headers = { "content-type": "application/json", "x-amzn-errortype": code };
  response.writeHead(status, headers).end(JSON.stringify({ message }));
}
