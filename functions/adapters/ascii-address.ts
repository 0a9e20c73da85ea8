import { domainToASCII } from "node:url";

/** SES takes international domains as punycode only. */
export function asciiAddress(address: string): string {
  const at = address.lastIndexOf("@") + 1;
  return address.slice(0, at) + domainToASCII(address.slice(at));
}
