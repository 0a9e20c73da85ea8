import { expect, test } from "vitest";
import { LABELS_MAIL } from "../../emails/compiled.ts";
import { cg, factsIn } from "../support/operator.ts";
import { compiledCourse, createTestService } from "../support/service.ts";
import { mailsOf, running } from "../support/stories.ts";

const START = "2026-10-05T15:00:00.000Z";
const OWN = "operator@agency.example";
const mails = compiledCourse()
  .mails.map(({ mail }) => mail)
  .filter((mail) => mail !== LABELS_MAIL);

test("every mail of the edition can be shown, for either seat, with no slot left open", async () => {
  const { ports } = await createTestService(START);
  expect(mails.length).toBeGreaterThan(50);
  for (const mail of mails) {
    for (const seat of ["sp", "le"]) {
      const { code, out, err } = await cg(ports, ["preview", mail, "--seat", seat]);
      expect({ code, err }, mail).toEqual({ code: 0, err: "" });
      expect(out, mail).toMatch(/^Subject: .+\n\n/);
      expect(out, mail).not.toMatch(/\{\{|undefined|\[object/);
    }
  }
});

test("a mail is shown as its seat gets it", async () => {
  const { ports } = await createTestService(START);
  const show = async (seat: string) =>
    (await cg(ports, ["preview", "lesson-02", "--seat", seat])).out;
  expect(await show("sp")).not.toBe(await show("le"));
});

test("as html it is a page, as eml the message SES would get, and --out writes it to a file", async () => {
  const { ports } = await createTestService(START);
  expect((await cg(ports, ["preview", "welcome", "--as", "html"])).out).toMatch(
    /^<!doctype html>/i,
  );
  const eml = await cg(ports, ["preview", "welcome", "--as", "eml", "--out", "welcome.eml"]);
  expect(eml.out).toBe("Written to welcome.eml.\n");
  expect(eml.files["welcome.eml"]).toMatch(/^Subject: Test: .*\r$/m);
  expect(eml.files["welcome.eml"]).toMatch(/^List-Unsubscribe:/m);
  const facts = factsIn(await cg(ports, ["preview", "welcome", "--json"]));
  expect(Object.keys(facts)).toEqual(["mail", "seat", "subject", "text", "html"]);
});

test("a mail that does not exist, and a format that does not, are refused", async () => {
  const { ports } = await createTestService(START);
  const unknown = await cg(ports, ["preview", "lesson-99"]);
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("has no mail lesson-99") });
  expect((await cg(ports, ["preview", "welcome", "--as", "pdf"])).err).toBe(
    "as: must be text, html or eml\n",
  );
});

test("a test goes out marked as one, and stands in no ledger", async () => {
  const { service, pair } = await running();
  const before = await service.rows();
  const seen = await cg(service.ports, ["test-send", "lesson-03", OWN, "--seat", "le"]);
  expect(seen).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^SES took it as ses-\d+\.\n$/),
  });
  const mail = service.mails.at(-1);
  expect(mail).toMatchObject({ to: OWN, tags: { kind: "lesson", seat: "le" } });
  expect(Buffer.from(mail?.raw ?? "").toString("utf8")).toMatch(/^Subject: Test: Week 3/m);
  expect(await service.rows()).toEqual(before);
  expect(mailsOf(service, /x/)).toEqual([]);
  expect((await service.ports.ledger.list(pair.id, "lesson")).length).toBe(0);
});

test("no test goes to somebody in a pair, or to an address that stopped our mail", async () => {
  const { service } = await running();
  const before = service.mails.length;
  const sits = await cg(service.ports, ["test-send", "welcome", "ada@harbor.example"]);
  expect(sits.err).toMatch(/^That address sits in a pair\./);
  const hash = service.ports.signer.hashAddress(OWN);
  await service.ports.ledger.suppress(hash, "stop", { at: service.now(), lifted: false });
  const stopped = await cg(service.ports, ["test-send", "welcome", OWN]);
  expect(stopped.err).toMatch(/stopped our mail/);
  expect(service.mails).toHaveLength(before);
});

test.each([
  [
    { kind: "refused", why: "MessageRejected" },
    /refused it for good: MessageRejected\. In the sandbox/,
  ],
  [{ kind: "not-now" }, /does not take it now\. npm run doctor/],
  [{ kind: "unknown" }, /answer was lost\. Look whether the mail came/],
] as const)("what SES answers is told: %j", async (answer, words) => {
  const service = await createTestService(START);
  service.answerWith(() => answer);
  const { code, err } = await cg(service.ports, ["test-send", "welcome", OWN]);
  expect(code).toBe(1);
  expect(err).toMatch(words);
});
