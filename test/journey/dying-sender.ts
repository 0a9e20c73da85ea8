import { ClientRequest } from "node:http";

/**
 * Loaded before the service: when it is about to hand the mail whose send id ends in `DIES_SENDING` to
 * SES, the process is killed, after the claim was written and before SES has heard of anything.
 */
const dyingAt = process.env.DIES_SENDING ?? "";
const { end } = ClientRequest.prototype;

ClientRequest.prototype.end = function (this: ClientRequest, ...given: unknown[]) {
  const form = new URLSearchParams(String(given[0]));
  const ofMail = form.get("Action") === "SendRawEmail";
  if (ofMail && [...form.values()].some((value) => value.endsWith(dyingAt))) {
    process.kill(process.pid, "SIGKILL");
  }
  return Reflect.apply(end, this, given);
} as typeof end;
