import { htmlToReply } from "../../functions/receive/mime-html.ts";
import { readMail } from "../../functions/receive/read-mail.ts";
import { trimReply } from "../../functions/receive/trim-reply.ts";
import { loadMails, readCorpusMail, tracesIn } from "./corpus.ts";
import { BODIES, SIGNATURES } from "./generate/bodies.ts";
import { HTML_CLIENTS } from "./generate/html-clients.ts";
import { TEXT_CLIENTS } from "./generate/text-clients.ts";
import { HOSTILE_MAILS } from "./hostile.ts";
import {
  type LabelledReply,
  loadBare,
  loadLabelled,
  logsWrongly,
  mistakesIn,
  readBare,
  readLabelled,
} from "./labelled.ts";

/** Prints how the reading does on the project's own corpora: `npm run replies`. */
interface Line {
  readonly what: string;
  readonly got: string;
  readonly bar: string;
}

function share(right: number, all: number): string {
  return `${((100 * right) / all).toFixed(1)} % (${right} of ${all})`;
}

async function scoreMails(): Promise<readonly Line[]> {
  const mails = loadMails();
  const read = await Promise.all(
    mails.map(async (mail) => ({ mail, got: await readCorpusMail(mail) })),
  );
  const human = read.filter(({ mail }) => !mail.expected.automatic);
  const machines = read.filter(({ mail }) => mail.expected.automatic);
  const exact = human.filter(({ mail, got }) => got.text === mail.expected.text).length;
  const leaks = human.filter(({ got }) => tracesIn(got.text).length > 0).length;
  const known = machines.filter(({ got }) => got.automatic).length;
  const flagged = human.filter(({ got }) => got.automatic).length;
  return [
    { what: "corpus mails: reply exactly", got: share(exact, human.length), bar: ">= 95 %" },
    { what: "corpus mails: with words of our lesson left", got: String(leaks), bar: "0" },
    { what: "automatic mails recognised", got: share(known, machines.length), bar: ">= 99 %" },
    { what: "people's mails taken for automatic", got: String(flagged), bar: "0" },
  ];
}

function scoreMatrix(): readonly Line[] {
  const pairs = BODIES.flatMap((body) => SIGNATURES.map((signature) => ({ body, signature })));
  const text = pairs.flatMap(({ body, signature }) =>
    TEXT_CLIENTS.map(({ write }) => {
      const signed = [body.text, signature.text].filter((part) => part !== "").join("\n\n");
      return {
        got: trimReply(write(signed), { fromName: signature.fromName }).reply,
        want: body.text,
      };
    }),
  );
  const html = pairs.flatMap(({ body, signature }) =>
    HTML_CLIENTS.map(({ write }) => {
      const cut = htmlToReply(write(body.text, signature.text.replace(/^-- \n/, "")));
      return { got: trimReply(cut.reply, { fromName: signature.fromName }).reply, want: body.text };
    }),
  );
  const right = (rows: typeof text) => rows.filter(({ got, want }) => got === want).length;
  return [
    {
      what: "bodies x signatures x text clients: body exactly",
      got: share(right(text), text.length),
      bar: ">= 95 %",
    },
    {
      what: "bodies x signatures x HTML clients: body exactly",
      got: share(right(html), html.length),
      bar: ">= 95 %",
    },
    {
      what: "either: with words of our lesson left",
      got: String([...text, ...html].filter(({ got }) => tracesIn(got).length > 0).length),
      bar: "0",
    },
  ];
}

function scoreReplies(title: string, replies: readonly LabelledReply[]): readonly Line[] {
  const read = replies.map((reply) => ({ reply, reading: readLabelled(reply) }));
  const right = read.filter(({ reply, reading }) => mistakesIn(reply, reading).length === 0).length;
  const wrongLogs = read.filter(({ reply, reading }) => logsWrongly(reply, reading)).length;
  const missed = read.filter(
    ({ reply, reading }) => reply.label.sensitive && !reading.sensitive,
  ).length;
  return [
    { what: `${title}: whole reading right`, got: share(right, replies.length), bar: ">= 90 %" },
    { what: `${title}: logged but did not happen`, got: String(wrongLogs), bar: "0" },
    { what: `${title}: identifying details missed`, got: String(missed), bar: "0" },
  ];
}

function scoreBare(): readonly Line[] {
  const isLogged = (reply: { lesson: number; body: string }) => {
    const { certain, actions } = readBare(reply);
    return certain && actions.length > 0;
  };
  const traps = loadBare("traps");
  const deeds = loadBare("deeds");
  return [
    { what: "traps: logged", got: `${traps.filter(isLogged).length} of ${traps.length}`, bar: "0" },
    {
      what: "plain deeds: logged without asking",
      got: share(deeds.filter(isLogged).length, deeds.length),
      bar: ">= 90 %",
    },
  ];
}

async function scoreHostile(): Promise<readonly Line[]> {
  const times: { readonly name: string; readonly ms: number }[] = [];
  for (const [name, make] of HOSTILE_MAILS) {
    const raw = make();
    const start = process.cpuUsage();
    await readMail(raw);
    const { user, system } = process.cpuUsage(start);
    times.push({ name, ms: (user + system) / 1000 });
  }
  const slowest = times.reduce((first, second) => (second.ms > first.ms ? second : first));
  return [
    {
      what: `${times.length} hostile mails: slowest (${slowest.name})`,
      got: `${slowest.ms.toFixed(0)} ms`,
      bar: "< 100 ms",
    },
  ];
}

const lines = [
  ...(await scoreMails()),
  ...scoreMatrix(),
  ...scoreReplies("labelled replies", loadLabelled("sentences")),
  ...scoreReplies("labelled replies kept aside", loadLabelled("sentences-held-out")),
  ...scoreBare(),
  ...(await scoreHostile()),
];
for (const { what, got, bar } of lines) {
  process.stdout.write(`${what.padEnd(58)} ${got.padEnd(26)} bar ${bar}\n`);
}
