import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CompiledMail } from "../../emails/compiled.ts";
import { renderMail } from "../../emails/render.ts";
import { type Slots, TEXT_SLOTS } from "../../emails/slots.ts";
import { parseTemplate, slotsOf } from "../../emails/template.ts";
import { elementsOf, hrefsOf, visibleText } from "./prose.ts";
import { mailCalled, mails, samples } from "./samples.ts";

function mailOf(source: string, subject = "Hello"): CompiledMail {
  const template = parseTemplate(source, (tag, why) => {
    throw new Error(`${tag} ${why}`);
  });
  const subjectTemplate = parseTemplate(subject, () => {});
  return { id: "sample", kind: "notice", subject: subjectTemplate, html: template, text: template };
}

test("escapes markup in HTML and leaves it as it is in text", () => {
  const mail = mailOf('<p title="{{yourName}}">{{yourName}}</p>');
  const { html, text } = renderMail(mail, { yourName: `<b>"Dana" & 'Sam'</b>` });
  const escaped = "&lt;b&gt;&quot;Dana&quot; &amp; &#39;Sam&#39;&lt;/b&gt;";
  expect(html).toBe(`<p title="${escaped}">${escaped}</p>`);
  expect(text).toContain(`<b>"Dana" & 'Sam'</b>`);
});

test("lets no value add a line, a header or a change of direction", () => {
  const yourName = "Dana\r\nBcc: eve@elsewhere.example\u202e\u2028\u0000";
  const { subject, text } = renderMail(mailOf("{{yourName}}", "{{yourName}}"), { yourName });
  expect([subject, text]).toEqual(Array(2).fill("Dana Bcc: eve@elsewhere.example "));
});

test("names the mail and the slot that nobody filled", () => {
  expect(() => renderMail(mailOf("{{yourName}}"), {})).toThrow(
    "The mail sample needs the slot yourName, which nobody filled.",
  );
  expect(() => renderMail(mailOf("{{#sp}}x{{/sp}}"), {})).toThrow("needs the slot sp");
  expect(() => renderMail(mailOf("{{#logged}}x{{/logged}}"), {})).toThrow("needs the slot logged");
  const noDay = { logged: [{ what: "coffee" }] };
  expect(() => renderMail(mailOf("{{#logged}}{{on}}{{/logged}}"), noDay)).toThrow("the slot on");
});

test("refuses content that is no compiled mail", () => {
  for (const content of [undefined, null, "mail", {}, { id: "x", html: [] }]) {
    expect(() => renderMail(content, samples)).toThrow("no compiled mail");
  }
});

describe("sections", () => {
  const fill = (source: string, slots: Slots) => renderMail(mailOf(source), slots).text;

  test("a flag shows one side or the other", () => {
    const source = "{{#sp}}provider{{/sp}}{{^sp}}officer{{/sp}}";
    expect([fill(source, { sp: true }), fill(source, { sp: false })]).toEqual([
      "provider",
      "officer",
    ]);
  });

  test("a list repeats, and its fields win over slots of the same name", () => {
    const logged = [{ what: "coffee", on: "Mar 3" }, { what: "lists" }];
    const source = "{{#logged}}{{what}}{{?on}} on {{on}}{{/on}};{{/logged}}";
    expect(fill(source, { logged })).toBe("coffee on Mar 3;lists;");
  });

  test("a question asks whether anything is there, and repeats nothing", () => {
    const source = "{{?logged}}some{{/logged}}{{^logged}}none{{/logged}}{{?until}}!{{/until}}";
    expect(fill(source, { logged: [{}, {}], until: "May 1" })).toBe("some!");
    expect(fill(source, { logged: [], until: "" })).toBe("none");
    expect(fill(source, {})).toBe("none");
  });
});

describe("templates", () => {
  const wrongs = (source: string) => {
    const found: string[] = [];
    parseTemplate(source, (tag, why) => found.push(`${tag} ${why}`));
    return found;
  };

  test.each([
    ["{{nobody}}", "{{nobody}} is no text slot here"],
    ["{{what}}", "{{what}} is no text slot here"],
    ["{{logged}}", "{{logged}} is no text slot here"],
    ["{{#until}}x{{/until}}", "{{#until}} is no slot that this tag can look at"],
    ["{{?sp}}x{{/sp}}", "{{?sp}} is no slot that this tag can look at"],
    ["{{#sp}}x", "{{#sp}} is never closed"],
    ["x{{/sp}}", "{{/sp}} closes what is not open"],
    ["{{#sp}}{{#le}}x{{/sp}}{{/le}}", "{{/sp}} closes what is not open"],
    ["{{ yourName", "{{ yourName is no tag"],
    ["{{your-name}}", "{{your-name}} is no tag"],
  ])("%s is refused", (source, message) => {
    expect(wrongs(source)).toContain(message);
  });

  test("a field stands inside its own list only", () => {
    expect(wrongs("{{#guesses}}{{what}}{{?on}}{{on}}{{/on}}{{url}}{{/guesses}}")).toEqual([]);
    expect(wrongs("{{#logged}}{{url}}{{/logged}}")).toHaveLength(1);
    expect(wrongs("{{?logged}}{{what}}{{/logged}}")).toHaveLength(1);
  });
});

test("every slot a mail uses is one that senders know", () => {
  for (const mail of mails) {
    for (const slot of [...slotsOf(mail.html), ...slotsOf(mail.text)]) {
      expect([...Object.keys(samples), "what", "on", "url"]).toContain(slot);
    }
    expect(slotsOf(mail.html).toSorted()).toEqual(slotsOf(mail.text).toSorted());
  }
});

test("whatever a value says, the mail keeps its elements, its links and its tags filled", () => {
  const awkward = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(
      "</p><script>alert(1)</script>",
      '"><img src=x onerror=alert(1)>',
      "{{yourName}}",
      "<!--",
      "<![endif]-->",
      "]]>&lt;b&gt;",
      "' onmouseover='x",
    ),
  );
  const wordSlots = TEXT_SLOTS.filter((slot) => !slot.endsWith("Url"));
  const usual = new Map(mails.map((mail) => [mail.id, renderMail(mail, samples)]));
  fc.assert(
    fc.property(fc.constantFrom(...mails), awkward, (mail, value) => {
      const slots = {
        ...samples,
        ...Object.fromEntries(wordSlots.map((slot) => [slot, `x${value}`])),
        logged: [{ what: value, on: value }, { what: value }],
        partnerLogged: [{ what: value, on: value }],
        guesses: samples.guesses.map((guess) => ({ ...guess, what: value })),
      };
      const { html, subject } = renderMail(mail, slots);
      const before = usual.get(mail.id)?.html ?? "";
      expect(elementsOf(html)).toEqual(elementsOf(before));
      expect(hrefsOf(html)).toEqual(hrefsOf(before));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
      expect(subject).not.toMatch(/[\u0000-\u001f\u007f]/);
    }),
    { numRuns: 300 },
  );
});

test("shows a value in HTML just as it was given", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 }), (value) => {
      const partnerName = `x${value.replace(/\s+/g, "_")}x`;
      const { html, text } = renderMail(mailCalled("notice-new-colleague"), {
        ...samples,
        partnerName,
      });
      expect(visibleText(html)).toContain(partnerName);
      expect(text).toContain(partnerName);
    }),
    { numRuns: 200 },
  );
});
