import { describe, expect, test } from "vitest";
import { REPLY_MARKER, REPLY_MARKERS } from "../../emails/marker.ts";
import { htmlToReply, htmlToText } from "../../functions/receive/mime-html.ts";
import { trimReply } from "../../functions/receive/trim-reply.ts";
import { OWN, tracesIn } from "./corpus.ts";
import { BANNERS, BODIES, SIGNATURES } from "./generate/bodies.ts";
import { HTML_CLIENTS } from "./generate/html-clients.ts";
import { LESSON_LINES, LESSON_TEXT } from "./generate/lesson.ts";
import { TEXT_CLIENTS, writeBelow, writeBetween } from "./generate/text-clients.ts";

const PAIRS = BODIES.flatMap((body) => SIGNATURES.map((signature) => ({ body, signature })));

function signed(body: string, signature: string): string {
  return signature === "" ? body : `${body}\n\n${signature}`;
}

describe.each(TEXT_CLIENTS.map((client) => [client.name, client] as const))(
  "an answer from %s",
  (_, client) => {
    test("keeps every body, loses every signature and the whole quote", () => {
      for (const { body, signature } of PAIRS) {
        const text = client.write(signed(body.text, signature.text));
        expect(trimReply(text, { fromName: signature.fromName }).reply).toBe(body.text);
        expect(trimReply(text).reply).toBe(body.text);
      }
    });

    test("loses the banners gateways put above it", () => {
      for (const [, banner] of BANNERS) {
        expect(trimReply(banner + client.write("Done on Tuesday.")).reply).toBe("Done on Tuesday.");
      }
    });

    test("is empty when nothing was written", () => {
      expect(trimReply(client.write("")).reply).toBe("");
    });
  },
);

describe.each(
  TEXT_CLIENTS.filter(({ isMarked }) => isMarked).map((client) => [client.name, client] as const),
)("an answer from %s", (_, client) => {
  test("is found below the quote and between its lines", () => {
    for (const { body, signature } of PAIRS) {
      expect(trimReply(writeBelow(client, signed(body.text, signature.text))).reply).toBe(
        body.text,
      );
      const between = trimReply(writeBetween(client, ["Yes, Tuesday.", body.text])).reply;
      expect(between).toBe(`Yes, Tuesday.\n\n${body.text}`);
    }
  });
});

describe.each(HTML_CLIENTS.map((client) => [client.name, client] as const))(
  "HTML from %s",
  (_, client) => {
    test("keeps every body and no word of the quote", () => {
      for (const { body, signature } of PAIRS) {
        const cut = htmlToReply(client.write(body.text, signature.text.replace(/^-- \n/, "")));
        expect(trimReply(cut.reply, { fromName: signature.fromName }).reply).toBe(body.text);
      }
    });
  },
);

const US = "Common Ground <lessons@commonground.example>";
const HEADINGS: readonly string[] = [
  `*From:* ${US}\n*Sent:* Tuesday, March 3, 2026 10:02 AM\n*To:* V\n*Subject:* Week 3`,
  `**From:** ${US}\n**Date:** Tuesday, March 3, 2026 at 10:02 AM\n**To:** V\n**Subject:** Week 3`,
  `From: ${US} On Behalf Of Lessons\n\nSent: Tuesday, March 3, 2026 10:02 AM\n\nTo: V\n\nSubject: Week 3`,
  `${US} wrote on 03/03/2026 10:02:11 AM:`,
  "Common Ground ---03/03/2026 10:02:11 AM---Reply above",
  `-----Original Message-----\nFrom: Common Ground\nDate: Tue, 3 Mar 2026 10:02:11\nTo: <v@x.example>\nSubject: Week 3`,
  `--- On Tue, 3/3/26, ${US} wrote:\n\nFrom: ${US}\nSubject: Week 3\nTo: v@x.example\nDate: Tuesday, March 3, 2026, 10:02 AM`,
  "To: v@x.example\nFrom: lessons@commonground.example\nSubject: Week 3\nDate: Tue, 3 Mar 2026 10:02:11 -0500",
  `El 3 mar 2026, a la(s) 10:02, ${US} escribió:`,
  `Am Dienstag, 3. März 2026, 10:02:11 MEZ hat ${US} Folgendes geschrieben:`,
  `Le 03/03/2026 à 10:02, Common Ground a écrit :`,
  `On Tue, 3 Mar 2026 at 10:02, Common Ground\n<lessons@commonground.example>\nwrote:`,
  "On Tue, 2026-03-03 at 10:02 -0500, Common Ground wrote:",
  `>>> On 3/3/2026 at 10:02 AM, in message <x@y>, ${US} wrote:`,
  `---------- Forwarded message ---------\nFrom: ${US}\nDate: Tue, Mar 3, 2026 at 10:02 AM\nSubject: Week 3\nTo: <v@x.example>`,
  `Begin forwarded message:\n\nFrom: ${US}\nSubject: Week 3\nDate: March 3, 2026 at 10:02:11 AM EST\nTo: v@x.example`,
  `-------- Mensaje original --------\nDe: ${US}\nFecha: 3/3/26 10:02 (GMT-05:00)\nPara: v@x.example\nAsunto: Week 3`,
  `-------- Ursprüngliche Nachricht --------\nVon: ${US}\nDatum: 03.03.26 10:02 (GMT+01:00)\nAn: v@x.example\nBetreff: Week 3`,
  `Il giorno mar 3 mar 2026 alle ore 10:02 ${US} ha scritto:`,
  `Op di 3 mrt 2026 om 10:02 schreef ${US}:`,
  `Em ter., 3 de mar. de 2026 às 10:02, ${US} escreveu:`,
  `Gesendet: Dienstag, 03. März 2026 um 10:02 Uhr\nVon: "Common Ground" <lessons@commonground.example>\nAn: v@x.example\nBetreff: Week 3`,
  `2026年3月3日(火) 10:02 ${US}:`,
  "From: Common Ground [mailto:lessons@commonground.example]\nSent: Tuesday, March 03, 2026 10:02 AM\nTo: Vega, Marisol\nCc: Someone\nSubject: Week 3\nImportance: Low",
];

test.each(HEADINGS.map((heading) => [heading]))("%s heads a quote, marked or not", (heading) => {
  for (const quote of ["> Reply DONE\n> STOP", "Reply DONE\nSTOP"]) {
    expect(trimReply(`Done on Tuesday.\n\n${heading}\n\n${quote}\n`).reply).toBe(
      "Done on Tuesday.",
    );
  }
});

describe("our own words are known wherever they stand", () => {
  test.each(Object.values(REPLY_MARKERS))(
    "below '%s' everything is ours, without any heading",
    (marker) => {
      const text = `Hecho.\n\n${marker}\n\nReply DONE when you have had coffee.`;
      expect(trimReply(text, { own: OWN }).reply).toBe("Hecho.");
    },
  );

  test("an answer typed below our whole unmarked text is found when that text is known", () => {
    const heading = `From: ${US}\nSent: Tuesday\nTo: V\nSubject: Week 3`;
    const text = `${heading}\n\n${LESSON_TEXT}\n\nDone on Tuesday.`;
    expect(trimReply(text, { own: OWN }).reply).toBe("");
    const known = { ...OWN, sentText: LESSON_TEXT };
    expect(trimReply(text, { own: known }).reply).toBe("Done on Tuesday.");
  });

  test("our lines are dropped although the client marked and wrapped nothing as a quote", () => {
    const lines = LESSON_LINES.slice(1);
    const text = ["Done on Tuesday.", "", ...lines.map((line) => `| ${line}`)].join("\n");
    const { reply } = trimReply(text, { own: { ...OWN, sentText: LESSON_TEXT } });
    expect(reply.split("\n")[0]).toBe("Done on Tuesday.");
    expect(tracesIn(reply)).toEqual([]);
  });

  test("a person who repeats our words keeps them", () => {
    const known = { own: { ...OWN, sentText: LESSON_TEXT } };
    expect(trimReply("You pick the place, you said. Done.", known).reply).toBe(
      "You pick the place, you said. Done.",
    );
  });

  test("the marker is a line of the mail, in each language", () => {
    expect(Object.values(REPLY_MARKERS)).toContain(REPLY_MARKER);
  });
});

describe("signatures without a delimiter", () => {
  test.each([
    ["Best,\n\nJ.", "Jo Park"],
    ["—\nKim Nguyen\nShe/Her\nProgram Director | Safe Passage\np: 555-300-1212", "Kim Nguyen"],
    ["Thank you,\nOfc. R. Delgado\nPatrol, 2nd Precinct", "Rosa Delgado"],
    ["Regards\nTom", "Tom Hale"],
    ["Thx - Lee", "Lee Chan"],
    ["- Pat", "Pat Doe"],
    ["Maria", "Maria Lopez"],
    ["ML", "Maria Lopez"],
    ["Lt. John Smith\nInvestigations\nHarlow PD\n(o) 555.201.9000", "John Smith"],
    ["Be safe,\nMike\nSent from my iPhone", "Mike Hall"],
    [
      'Sincerely,\n\nKaren O\'Neil\nVictim Advocate\n\n"Be the change you wish to see."',
      "Karen O'Neil",
    ],
    ["*Dana Whitfield*\n*Sergeant*\nHarlow County PD", "Dana Whitfield"],
    [
      "Warm regards,\nDr. P. Singh, PhD\nExecutive Director\n\nPlease note: my working hours may not be yours.",
      "P Singh",
    ],
    [
      "Thanks!\n\nMarisol Vega\nAdvocate\n[cid:image001.png@01DB8C]\nFacebook | Instagram",
      "Marisol Vega",
    ],
    ["Marisol Vega\nHarbor House\nIf you are in crisis, call or text 988.", "Marisol Vega"],
    ["Warmly,\nApril\n\nApril Jones, MSW\nIntake Coordinator\n555-201-4410 ext. 4", "April Jones"],
    ["Sent from my Verizon, Samsung Galaxy smartphone", "A B"],
    ["Get Outlook for Android<https://aka.ms/AAb9ysg>", "A B"],
    ["Enviado desde mi iPhone", "A B"],
    ["Von meinem iPhone gesendet", "A B"],
    ["Sent from my mobile device. Please pardon brevity and typos.", "A B"],
  ])("%s", (signature, fromName) => {
    for (const { text } of BODIES) {
      expect(trimReply(`${text}\n\n${signature}`, { fromName })).toMatchObject({ reply: text });
    }
  });

  test.each([
    "Done.\n\nCoffee",
    "Done\n\nTuesday",
    "LUNCH\nMarch 4",
    "Done.\n\nThanks, I will write again when we meet.",
    "Thanks!",
    "We met.\n\nP.S. The list is sent",
    "Sent from my desk to Det. Ortiz's desk: the list. Done.",
    "Date: March 3\nAttendees: the two of us",
    "Regards to your team, we met.",
  ])("'%s' is all answer", (text) => {
    expect(trimReply(text).reply).toBe(text);
  });
});

describe("HTML that is no quote", () => {
  test("a bare blockquote is indented text of the person, unless an introduction stands above", () => {
    expect(htmlToReply("<p>Done.</p><blockquote>We met on Tuesday.</blockquote>").reply).toBe(
      "Done.\n\nWe met on Tuesday.",
    );
    const quoted = `<p>Done.</p><div>On Mar 3, 2026, at 10:02 AM, Common Ground wrote:</div><blockquote>STOP</blockquote>`;
    expect(htmlToReply(quoted).quoted).toBe("STOP");
  });

  test("what nobody sees is not read", () => {
    const html =
      "<head><title>STOP</title><style>p{}</style></head><!-- DONE --><p>Not&nbsp;yet</p><script>DONE</script>";
    expect(htmlToText(html)).toBe("Not yet");
  });

  test("breaks, blocks, lists and entities become lines", () => {
    const html =
      "<div>One<br>two</div><ul><li>three</li><li>fo&uuml;r</li></ul><p>five</p><pre>six\n seven</pre>";
    expect(htmlToText(html)).toBe("One\ntwo\n\n- three\n- foür\n\nfive\n\nsix\nseven");
  });

  test("a forwarded mail in Gmail is quoted to the end", () => {
    const html =
      '<div dir="ltr">Done</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: x</div><div>Reply DONE or STOP</div></div>';
    expect(htmlToReply(html)).toMatchObject({ reply: "Done" });
  });
});

test("words below twenty thousand blank lines are still read", () => {
  expect(trimReply(`${"\n".repeat(20_000)}DONE`).reply).toBe("DONE");
});
