import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerEnvelope } from "smtp-server";
import { INBOUND_BYTES_MAX, type InboundDoor } from "./inbound.ts";

/** An open door for real mail clients. */
export interface SmtpDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** Takes mail for the reply domain on a loopback port, without a password; anything else is refused in words. */
export async function openSmtpDoor(door: InboundDoor, port: number): Promise<SmtpDoor> {
  const server = new SMTPServer({
    banner: "Common Ground, replies only",
    size: INBOUND_BYTES_MAX,
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onRcptTo: ({ address }, _session, callback) => {
      if (door.isOurs(address)) return callback();
      callback(refusal(550, `This door takes replies only, to addresses in ${door.replyDomain}.`));
    },
    onData: (stream, session, callback) => {
      takeMail(door, stream, session.envelope).then(
        (answer) => callback(null, answer),
        (error: Error) => callback(error),
      );
    },
  });
  // A client that hangs up in the middle is no fault of ours; without a listener it would end the process.
  server.on("error", () => undefined);
  const listening = await listen(server, port);
  return { port: listening, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function takeMail(
  door: InboundDoor,
  stream: SMTPServerDataStream,
  { mailFrom, rcptTo }: SMTPServerEnvelope,
): Promise<string> {
  const raw = await readAll(stream);
  if (stream.sizeExceeded) throw refusal(552, "The mail is larger than 40 MB.");
  const reception = await door.receive({
    raw,
    sender: mailFrom === false ? "" : mailFrom.address,
    recipients: rcptTo.map(({ address }) => address),
  });
  if (reception.kind === "refused") throw refusal(550, reception.why);
  return `Accepted as ${reception.messageId}`;
}

/** What is beyond the limit is read but not kept, so that the client gets its answer. */
async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (!stream.sizeExceeded) chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.server.off("error", reject);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}
