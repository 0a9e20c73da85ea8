import { LESSON_LINES, LESSON_TEXT, OUR_ADDRESS, OUR_NAME } from "./lesson.ts";

/** How one client writes a plain text answer above our mail. */
export interface TextClient {
  readonly name: string;
  /** Lines before the quote, the quote itself, or both in the client's own order. */
  readonly write: (reply: string) => string;
  /** True for clients whose quote is marked, where people answer below it or between its lines. */
  readonly isMarked: boolean;
  readonly heading: string;
}

const quoted = LESSON_LINES.map((line) => (line === "" ? ">" : `> ${line}`)).join("\n");
const spaced = LESSON_LINES.map((line) => `> ${line}`).join("\n");

function marked(name: string, heading: string, quote = quoted): TextClient {
  return {
    name,
    isMarked: true,
    heading,
    write: (reply) => `${reply}\n\n${heading}\n\n${quote}\n`,
  };
}

function open(name: string, heading: string, between = "\n"): TextClient {
  return {
    name,
    isMarked: false,
    heading,
    write: (reply) => `${reply}\n${between}${heading}\n\n${LESSON_TEXT}\n`,
  };
}

const US = `${OUR_NAME} <${OUR_ADDRESS}>`;

export const TEXT_CLIENTS: readonly TextClient[] = [
  marked("gmail-web", `On Tue, Mar 3, 2026 at 10:02 AM ${OUR_NAME} <\n${OUR_ADDRESS}> wrote:`),
  marked("gmail-android", `On Tue, Mar 3, 2026, 10:02 AM ${US} wrote:`),
  marked(
    "gmail-spanish",
    `El mar, 3 mar 2026 a las 10:02, ${OUR_NAME} (<${OUR_ADDRESS}>) escribió:`,
  ),
  marked(
    "gmail-german",
    `Am Di., 3. März 2026 um 10:02 Uhr schrieb ${OUR_NAME} <\n${OUR_ADDRESS}>:`,
  ),
  marked("gmail-french", `Le mar. 3 mars 2026 à 10:02, ${US} a écrit :`),
  open(
    "outlook-desktop",
    `From: ${US} \nSent: Tuesday, March 3, 2026 10:02 AM\nTo: Vega, Marisol <mvega@harbor.example>\nSubject: Week 3: time for coffee`,
  ),
  open(
    "outlook-desktop-original",
    `-----Original Message-----\nFrom: ${US}\nSent: Tuesday, March 3, 2026 10:02 AM\nTo: Vega, Marisol\nSubject: Week 3: time for coffee`,
  ),
  open(
    "outlook-web",
    `________________________________\nFrom: ${US}\nSent: Tuesday, March 3, 2026 10:02:11 AM\nTo: Vega, Marisol <mvega@harbor.example>\nSubject: Week 3: time for coffee`,
  ),
  open(
    "outlook-ios",
    `Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: ${US}\nSent: Tuesday, March 3, 2026 10:02:11 AM\nTo: Vega, Marisol <mvega@harbor.example>\nSubject: Week 3: time for coffee`,
  ),
  open(
    "outlook-spanish",
    `De: ${US}\nEnviado el: martes, 3 de marzo de 2026 10:02\nPara: Prado, Lucía <lprado@puente.example>\nAsunto: Week 3: time for coffee`,
  ),
  open(
    "outlook-german",
    `Von: ${US}\nGesendet: Dienstag, 3. März 2026 10:02\nAn: Vega, Marisol <mvega@harbor.example>\nBetreff: Week 3: time for coffee`,
  ),
  open(
    "outlook-french",
    `De : ${US}\nEnvoyé : mardi 3 mars 2026 10:02\nÀ : Vega, Marisol <mvega@harbor.example>\nObjet : Week 3: time for coffee`,
  ),
  marked("apple-mail", `> On Mar 3, 2026, at 10:02 AM, ${US} wrote:\n>`, spaced),
  marked("apple-ios", `> On Mar 3, 2026, at 10:02 AM, ${US} wrote:\n> \n> \ufeff`, spaced),
  marked("thunderbird", `On 3/3/26 10:02 AM, ${OUR_NAME} wrote:`),
  marked("thunderbird-iso", `On 2026-03-03 10:02, ${US} wrote:`),
  marked(
    "yahoo-web",
    `    On Tuesday, March 3, 2026 at 10:02:11 AM EST, ${US} wrote:  `,
    ` ${LESSON_TEXT}`,
  ),
  open(
    "yahoo-android",
    `Sent from Yahoo Mail on Android \n \n  On Tue, Mar 3, 2026 at 10:02 AM, ${OUR_NAME}<${OUR_ADDRESS}> wrote:   ${LESSON_LINES[0]}`,
  ),
  open(
    "proton",
    `Sent with Proton Mail secure email.\n\nOn Tuesday, March 3rd, 2026 at 10:02 AM, ${US} wrote:`,
  ),
  marked(
    "proton-mobile",
    `Sent from Proton Mail for iOS.\n\n-------- Original Message --------\nOn Tuesday, 03/03/26 at 10:02 ${US} wrote:`,
    spaced,
  ),
  marked("zoho", `---- On Tue, 03 Mar 2026 10:02:11 -0500 ${US} wrote ----`, LESSON_TEXT),
  open(
    "samsung",
    `Sent from my Galaxy\n\n\n-------- Original message --------\nFrom: ${US} \nDate: 3/3/26  10:02 AM  (GMT-05:00) \nTo: mvega@harbor.example \nSubject: Week 3: time for coffee `,
  ),
  open(
    "blackberry",
    `Sent from my BlackBerry 10 smartphone on the Verizon Wireless 4G LTE network.\n  Original Message  \nFrom: ${OUR_NAME}\nSent: Tuesday, March 3, 2026 10:02 AM\nTo: Vega, Marisol\nSubject: Week 3: time for coffee`,
  ),
  open("groupwise", `>>> "${OUR_NAME}" <${OUR_ADDRESS}> 3/3/2026 10:02 AM >>>`),
  open("groupwise-plain", `>>> ${OUR_NAME} <${OUR_ADDRESS}> 03/03/26 10:02 AM >>>`),
  open(
    "lotus",
    `From:\t${OUR_NAME} <${OUR_ADDRESS}>\nTo:\tMarisol Vega/HH\nDate:\t03/03/2026 10:02 AM\nSubject:\tWeek 3: time for coffee`,
  ),
  open(
    "lotus-dashes",
    `-----${OUR_NAME} <${OUR_ADDRESS}> wrote: -----\n\nTo: mvega@harbor.example\nFrom: ${US}\nDate: 03/03/2026 10:02AM\nSubject: Week 3: time for coffee`,
  ),
  marked("plain-mail", `${US} wrote:`),
  marked("spark", `On Mar 3, 2026, 10:02 AM -0500, ${US}, wrote:`),
  marked("old-gmail", `2026-03-03 10:02 GMT-05:00 ${US}:`),
  marked("kmail", `On Tuesday, March 3, 2026 10:02:11 AM EST ${OUR_NAME} wrote:`),
  marked("mutt", `On Tue, Mar 03, 2026 at 10:02:11AM -0500, ${OUR_NAME} wrote:`),
  marked("roundcube-german", `Am 03.03.2026 10:02, schrieb ${OUR_NAME}:`),
  marked("horde", `Quoting ${US}:\n`),
  marked("fastmail", `On Tue, Mar 3, 2026, at 10:02 AM, ${OUR_NAME} wrote:`),
  marked("evolution", `On Tue, 2026-03-03 at 10:02 -0500, ${OUR_NAME} wrote:`),
  marked("postbox", `${OUR_NAME} wrote on 3/3/26 10:02 AM:`),
  marked("the-bat", "Tuesday, March 3, 2026, 10:02:11 AM, you wrote:\n"),
  marked(
    "gmail-four-lines",
    `On Tue, Mar 3, 2026 at 10:02 AM\n${OUR_NAME}\n<${OUR_ADDRESS}>\nwrote:\n`,
  ),
  marked("gmail-portuguese", `Em ter., 3 de mar. de 2026 às 10:02, ${US} escreveu:\n`),
  marked("gmail-italian", `Il giorno mar 3 mar 2026 alle ore 10:02 ${US} ha scritto:\n`),
  open(
    "aol",
    `-----Original Message-----\nFrom: ${US}\nTo: mvega@harbor.example\nSent: Tue, Mar 3, 2026 10:02 am\nSubject: Week 3: time for coffee`,
  ),
  open(
    "superhuman",
    `Sent via Superhuman ( https://superhuman.example/?vip=x )\n\nOn Tue, Mar 03, 2026 at 10:02 AM, ${OUR_NAME} < ${OUR_ADDRESS} > wrote:`,
  ),
  open(
    "em-client",
    `------ Original Message ------\nFrom "${OUR_NAME}" <${OUR_ADDRESS}>\nTo "Marisol Vega" <mvega@harbor.example>\nDate 3/3/2026 10:02:11 AM\nSubject Week 3: time for coffee`,
  ),
  open(
    "windows-mail",
    `Sent from Mail for Windows\n\nFrom: ${OUR_NAME}\nSent: Tuesday, March 3, 2026 10:02 AM\nTo: Vega, Marisol\nSubject: Week 3: time for coffee`,
  ),
];

/** Written below the whole quote. */
export function writeBelow(client: TextClient, reply: string): string {
  return `${client.heading}\n\n${quoted}\n\n${reply}\n`;
}

/** Written under the line it answers, in the middle of the quote; the parts come back as one text. */
export function writeBetween(client: TextClient, parts: readonly string[]): string {
  const lines = quoted.split("\n");
  const third = Math.ceil(lines.length / (parts.length + 1));
  const pieces = parts.map(
    (part, at) => `${lines.slice(at * third, (at + 1) * third).join("\n")}\n\n${part}\n`,
  );
  return `${client.heading}\n\n${pieces.join("\n")}\n${lines.slice(parts.length * third).join("\n")}\n`;
}
