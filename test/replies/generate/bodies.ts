/** What people write, the plain and the awkward; each must come out word for word. */
export interface Body {
  readonly name: string;
  readonly text: string;
  /** Whether every character is plain ASCII decides which encodings can carry it. */
}

export const BODIES: readonly Body[] = [
  { name: "done", text: "DONE" },
  { name: "dated", text: "Done, 3/3. Thanks for the push!" },
  {
    name: "story",
    text: "We had coffee on Tuesday and it went well.\n\nWe talked about how intake works and what I can’t share. Next one is in April.",
  },
  {
    name: "curly",
    text: "Didn’t happen – her shift changed. “Next week”, she said. We’ll try Tuesday – early.",
  },
  { name: "minutes", text: "Date: March 3\nAttendees: the two of us\n\nDone. Coffee at ten." },
  {
    name: "desk",
    text: "Sent from my desk to Det. Ortiz's desk: the two lists, on Monday. Done.",
  },
  { name: "stop", text: "STOP" },
  {
    name: "spanish",
    text: "Hecho el 3 de marzo. Tomamos un café y hablamos de los plazos, ¿qué sigue?",
  },
  { name: "list", text: "Three things:\n- we met\n- we swapped numbers\n- we set the next coffee" },
  { name: "question", text: "Does a video call count? She is on nights until the 20th." },
  { name: "later", text: "Not yet.\n\nRemind me in 10 days please." },
  {
    name: "long",
    text: "Sorry for the slow answer, it has been a week of early shifts and I only now sat down to write this.\n\nWe met on Monday at the place near the library, for about an hour, and both of us brought the list from last week. I learned why a release takes as long as it does.\n\nSo: done, and glad we did it.",
  },
  {
    name: "greeting",
    text: "Hi there,\n\nCoffee is done. It was on the 3rd.\n\nHave we missed anything?",
  },
  { name: "names", text: "Done.\n\nP.S. We wrote one line together: call first, mail second." },
];

/** How people close, without delimiter, with one, or with a gateway's footer below. */
export interface Signature {
  readonly name: string;
  readonly text: string;
  readonly fromName: string;
}

const LEGAL =
  "CONFIDENTIALITY NOTICE: This e-mail and any attachments are intended only for the addressee and may contain confidential information. If you are not the intended recipient, stop reading, reply to the sender and delete this message.";

export const SIGNATURES: readonly Signature[] = [
  { name: "none", text: "", fromName: "Marisol Vega" },
  { name: "thanks", text: "Thanks,\nMarisol", fromName: "Marisol Vega" },
  {
    name: "badge",
    text: `V/r,\n\nSgt. Dana Whitfield, Badge 2217\nSpecial Victims Unit\nHarlow County Police Department\nOffice: (555) 201-7788 | Cell: (555) 201-7789\n\n${LEGAL}`,
    fromName: "Dana Whitfield",
  },
  {
    name: "block",
    text: "Marisol Vega, LMSW (she/her)\nSenior Advocate\nHarbor House Services\n12 Mill Street, Suite 4\nAlbany, NY 12207\n555-201-4410\nwww.harborhouse.example",
    fromName: "Vega, Marisol",
  },
  {
    name: "dashes",
    text: '-- \nMarisol Vega\nHarbor House\n"Together toward safety"',
    fromName: "Marisol Vega",
  },
  { name: "phone", text: "Sent from my iPhone", fromName: "Marisol Vega" },
  {
    name: "spanish",
    text: "Saludos cordiales,\nLucía Prado\nDefensora, Casa Puente\nTel. 555-201-3344\n\nAVISO DE CONFIDENCIALIDAD: Este correo es confidencial y va dirigido solo a su destinatario.",
    fromName: "Lucía Prado",
  },
  {
    name: "closing",
    text: "Respectfully,\n\nDet. Owen Pike #4471\nHuman Trafficking Task Force\nDesk 555.201.9000 x12\n\nThis message may contain law enforcement sensitive information. Do not forward it.",
    fromName: "Pike, Owen (HCPD)",
  },
];

export const BANNERS: readonly (readonly [name: string, text: string])[] = [
  ["none", ""],
  ["none", ""],
  ["tag", "[EXTERNAL]\n\n"],
  [
    "caution",
    "CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender and know the content is safe.\n\n",
  ],
  ["none", ""],
  [
    "stranger",
    "You don't often get email from lessons@commonground.example. Learn why this is important\n\n",
  ],
  ["none", ""],
  ["starred", "*** EXTERNAL EMAIL ***\n\n"],
];
