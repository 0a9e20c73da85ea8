import { SESClient, type SESClientConfig, SendRawEmailCommand } from "@aws-sdk/client-ses";
import type { Delivery, Mailer, OutboundMail } from "../ports.ts";
import { asciiAddress } from "./ascii-address.ts";

export interface SesMailerSettings {
  /** Carries the events of each mail back to `feedback`. */
  readonly configurationSet: string;
}

/** Within a lease and a function's timeout; SES answers in well under a second. */
export const SES_TIMEOUT_MS = 10_000;
/**
 * Unused connections are dropped this early. A function that slept keeps connections that SES has long
 * closed; a mail written into one of those would end as unknown.
 */
const IDLE_CONNECTION_MS = 4_000;

export interface SesTimes {
  readonly timeoutMs: number;
  readonly idleConnectionMs: number;
}

/**
 * An SES client that makes one HTTP request per call. The SDK's default makes three when answers are
 * lost, and SES, which knows no idempotency key, then mails three times; and without
 * `throwOnRequestTimeout` a timeout is a warning and the call hangs.
 */
export function createSesClient(
  config: SESClientConfig = {},
  times: Partial<SesTimes> = {},
): SESClient {
  const { timeoutMs = SES_TIMEOUT_MS, idleConnectionMs = IDLE_CONNECTION_MS } = times;
  const agent = { keepAlive: true, maxSockets: 50, timeout: idleConnectionMs };
  return new SESClient({
    ...config,
    maxAttempts: 1,
    requestHandler: {
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs, // an answer that stops in the middle
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}

/** Hands finished messages to SES (v1, `SendRawEmail`) and says what its answer proves. */
export function sesMailer(client: SESClient, { configurationSet }: SesMailerSettings): Mailer {
  return {
    async deliver(mail) {
      try {
        const { MessageId } = await client.send(toCommand(mail, configurationSet));
        return MessageId === undefined
          ? { kind: "unknown" }
          : { kind: "accepted", sesId: bareId(MessageId) };
      } catch (error) {
        return judgeFailure(error);
      }
    },
  };
}

function toCommand({ raw, to, tags }: OutboundMail, configurationSet: string) {
  return new SendRawEmailCommand({
    RawMessage: { Data: raw },
    Destinations: [asciiAddress(to)],
    ConfigurationSetName: configurationSet,
    Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
  });
}

/** Failures before a byte was sent: no connection, no address, no credentials to sign with. */
const NEVER_SENT: readonly string[] = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "CredentialsProviderError",
];

/**
 * Refusals that speak of this mail and will not change by waiting. All other 4xx answers are about the
 * account, its rate, its rights or its set-up (throttled, sending paused, MAIL FROM domain or
 * configuration set not found, signature or clock wrong): nothing was accepted, a person mends it, and
 * the mail goes out afterwards. Holding every mail of such an hour for a person would help nobody.
 */
const REFUSES_THIS_MAIL: readonly string[] = [
  "MessageRejected",
  "InvalidParameterValue",
  "InvalidParameterCombination",
  "MissingParameter",
  "ValidationError",
  "ValidationException",
  "MalformedInput",
];

/** Judged by names and status codes, never by words; whatever is not proven is unknown. */
export function judgeFailure(error: unknown): Delivery {
  const { name, code, status } = factsOf(error);
  if (NEVER_SENT.includes(code) || NEVER_SENT.includes(name)) return { kind: "not-now" };
  if (status === undefined || status < 400 || status >= 500) return { kind: "unknown" };
  // A proxy's 408 or a broken-off upload says nothing about what SES took.
  if (status === 408) return { kind: "unknown" };
  return REFUSES_THIS_MAIL.includes(name) ? { kind: "refused", why: name } : { kind: "not-now" };
}

interface FailureFacts {
  readonly name: string;
  readonly code: string;
  readonly status: number | undefined;
}

function factsOf(error: unknown): FailureFacts {
  if (!(error instanceof Error)) return { name: "", code: "", status: undefined };
  const { code, $metadata } = error as Error & {
    readonly code?: unknown;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  return { name: error.name, code: String(code ?? ""), status: $metadata?.httpStatusCode };
}

/** Events name a message by the part before the `@`; some SES-like services answer with the whole Message-ID. */
function bareId(messageId: string): string {
  return messageId.replace(/^<|@.*$/g, "");
}
