import type { SendRequest, SesRefusal } from "./ses-rules.ts";

/** SES v1 speaks AWS's Query protocol: form fields in, XML out. */
const NAMESPACE = "http://ses.amazonaws.com/doc/2010-12-01/";

export interface SesAnswer {
  readonly status: number;
  readonly xml: string;
}

export function readSendRequest(form: URLSearchParams): SendRequest {
  const source = form.get("Source");
  const configurationSet = form.get("ConfigurationSetName");
  return {
    raw: Buffer.from(form.get("RawMessage.Data") ?? "", "base64"),
    destinations: membersOf(form, "Destinations.member", ""),
    tags: membersOf(form, "Tags.member", ".Name").map((name, index) => ({
      name,
      value: form.get(`Tags.member.${index + 1}.Value`) ?? "",
    })),
    ...(source === null ? {} : { source }),
    ...(configurationSet === null ? {} : { configurationSet }),
  };
}

export function success(action: string, result: Readonly<Record<string, string>>): SesAnswer {
  const fields = Object.entries(result).map(([name, value]) => element(name, toXml(value)));
  const content = element(`${action}Result`, fields.join(""));
  const metadata = element("ResponseMetadata", element("RequestId", "local"));
  return {
    status: 200,
    xml: `<${action}Response xmlns="${NAMESPACE}">${content}${metadata}</${action}Response>`,
  };
}

export function failure({ code, message }: SesRefusal): SesAnswer {
  const error =
    element("Type", "Sender") + element("Code", code) + element("Message", toXml(message));
  return {
    status: 400,
    xml: `<ErrorResponse xmlns="${NAMESPACE}">${element("Error", error)}${element("RequestId", "local")}</ErrorResponse>`,
  };
}

/** Values of `<list>.1<rest>`, `<list>.2<rest>` and so on. */
function membersOf(form: URLSearchParams, list: string, rest: string): readonly string[] {
  const members: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = form.get(`${list}.${index}${rest}`);
    if (value === null) return members;
    members.push(value);
  }
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function toXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
