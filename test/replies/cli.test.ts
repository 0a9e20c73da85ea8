import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

function run(script: string, args: readonly string[], input = ""): readonly unknown[] {
  const tsx = fileURLToPath(new URL("../../node_modules/.bin/tsx", import.meta.url));
  const output = execFileSync(tsx, [script, ...args], { cwd: root, input, encoding: "utf8" });
  return output
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

test("read-reply answers each line, and a line it cannot read with an error", () => {
  const lines = [
    JSON.stringify({
      body: "Done, 3/3\n\nOn Tue, Mar 3, 2026 at 10:02 AM x wrote:\n> STOP",
      sentOn: "2026-03-05",
      lesson: 3,
      role: "law_enforcement",
    }),
    "not JSON",
    JSON.stringify({ body: "DONE", sentOn: "someday", lesson: 3, role: "law_enforcement" }),
    JSON.stringify({
      body: "Had coffee today",
      sentOn: "2026-03-06T02:30:00Z",
      lesson: 3,
      role: "service_provider",
      timeZone: "America/New_York",
    }),
    JSON.stringify({
      body: "YES",
      sentOn: "2026-03-05",
      role: "service_provider",
      kind: "invitation",
    }),
  ];
  const [done, broken, undated, today, confirmed] = run(
    "local/read-reply.ts",
    [],
    `${lines.join("\n")}\n`,
  );
  expect(done).toEqual({
    intent: "done",
    actions: ["meet-informally"],
    date: "2026-03-03",
    snoozeDays: null,
    sensitive: false,
    certain: true,
  });
  expect(broken).toEqual({ error: "not a line of JSON" });
  expect(undated).toHaveProperty("error");
  expect(today).toMatchObject({ date: "2026-03-05" });
  expect(confirmed).toMatchObject({ intent: "confirm" });
});

test("read-mail answers a line for each file", () => {
  const files = [
    "test/replies/mails/person-suppress-all.eml",
    "test/replies/mails/auto-dsn-failed.eml",
    "no-such-file.eml",
  ];
  const [person, bounce, missing] = run("local/read-mail.ts", files);
  expect(person).toMatchObject({
    from: "mvega@harbor.example",
    messageId: "person-suppress-all@harbor.example",
    automatic: false,
    kind: "human",
    text: "DONE",
    signature: "",
  });
  expect(bounce).toMatchObject({ automatic: true, kind: "bounce" });
  expect(missing).toHaveProperty("error");
});
