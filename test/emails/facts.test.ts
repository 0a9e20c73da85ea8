import { describe, expect, test } from "vitest";
import { renderMail } from "../../emails/render.ts";
import { visibleText } from "./prose.ts";
import { mailCalled, sampleOfLe, samples } from "./samples.ts";

/** What the fact sheet says, tip by tip, as words that the mail has to hold in the sheet's own strength. */
const FACTS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  welcome: {
    F0: /collaboration between social service providers and law enforcement agencies can be tricky to navigate/,
    "F0 authors":
      /tips come from both groups and rest on years of experience in building these relationships/,
    "F0 name": /Safe Harbour NY Fast Facts: Tips for Working with Law Enforcement/,
  },
  "lesson-01": {
    "F1.0": /share the same overall goals: to end trafficking and to protect survivors/,
    "F1.1": /Each of you goes about it in a different way, but there is usually a common agenda/,
    "F1.2": /At times your goals may conflict; that is normal and often temporary/,
  },
  "lesson-02": {
    "F2.0": /each have a different mission and mandate\. Respect that/,
    "F2.1": /both roles are necessary and equally important/,
    "F2.2": /neither group should try to do the other's job/,
  },
  "lesson-03": {
    "F3.0": /Get to know each other before you share a case/,
    "F3.1": /Help each other understand what you can and cannot do/,
    "F3.2": /how long processes can take/,
    "F3.3": /your guidelines around confidentiality/,
  },
  "lesson-04": {
    "F4.0": /Identify where conflict or tension may arise before a case comes/,
    "F4.1":
      /share an understanding of these challenges from the start, cases go smoother when they do arise/,
    "F4.2": /Build the relationship inside and out of the office/,
    "F4.3": /informal lunch or happy hour builds rapport and trust/,
  },
  "lesson-05": {
    "F5.0": /Both groups need to trust each other/,
    "F5.1": /Cases can come to your attention when you least expect them/,
    "F5.2": /Trust enables you to call on each other, no matter the time or circumstance/,
  },
  "lesson-06": {
    "F6.0": /If necessary, establish a protocol or a Memorandum of Understanding \(MOU\)/,
    "F6.1":
      /can formalize the roles and responsibilities of each group as you work together on a case/,
    "F6.2": /can refer to it, and revise it, should conflict arise/,
  },
  "lesson-07": {
    "F7.0": /Both groups have different timelines and focuses/,
    "F7.1": /Generally, the law enforcement process is longer/,
    "F7.2": /service providers may be able to respond more quickly/,
    "F7.3": /This is reality/,
    "F7.4": /everyone needs to be patient with each other/,
  },
  "lesson-08": {
    "F8.0": /Sharing information can be complicated and, in some cases, impossible/,
    "F8.1":
      /its own regulations to protect a survivor's confidentiality, and these need to be respected/,
    "F8.2": /true even when it might hinder a case or keep a client from engaging/,
    "F8.3": /When you can safely share information, do so/,
  },
  "lesson-09": {
    "F9.0": /Seek out cross-training opportunities/,
    "F9.1": /Invite people from both groups to present in trainings/,
    "F9.2": /invite people from both groups to be trained together/,
    "F9.3": /builds mutual understanding and can strengthen partnerships/,
  },
  "lesson-10": {
    "F10.0": /No one is perfect and everyone makes mistakes/,
    "F10.1": /You will get frustrated with each other at times/,
    "F10.2": /Tension is normal, and it will pass/,
  },
  "lesson-11": {
    "F11.0": /Do not take work challenges personally/,
    "F11.1": /Everyone is learning together to benefit survivors/,
  },
};

describe.each(Object.entries(FACTS))("%s keeps the fact sheet", (id, facts) => {
  const mail = mailCalled(id);
  const seats = { "the service provider": samples, "law enforcement": sampleOfLe };

  test.each(Object.entries(seats))("whole, in both parts, for %s", (_, slots) => {
    const { html, text } = renderMail(mail, slots);
    for (const part of [visibleText(html), text.replace(/\s+/g, " ")]) {
      for (const [fact, words] of Object.entries(facts)) expect(part, fact).toMatch(words);
    }
  });
});

test("names 38 facts beside the three of the welcome", () => {
  const { welcome, ...tips } = FACTS;
  const count = Object.values(tips).reduce((sum, facts) => sum + Object.keys(facts).length, 0);
  expect([count, Object.keys(welcome ?? {}).length]).toEqual([38, 3]);
});
