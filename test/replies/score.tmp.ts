import { loadLabelled, logsWrongly, mistakesIn, readLabelled } from "./labelled.ts";
const rs = loadLabelled(process.argv[2] ?? "sentences");
let right = 0, wrong = 0, missS = 0;
for (const r of rs) {
  const g = readLabelled(r); const m = mistakesIn(r, g);
  if (m.length === 0) right++; else if (process.argv[3] !== "-q") console.log(`L${r.lesson} ${JSON.stringify(r.body)}\n   ${m.join()} want ${r.label.intent} ${r.label.actions} ${r.label.date} ${r.label.snoozeDays} ${r.label.sensitive}\n   got  ${g.intent} ${g.actions} ${g.date} ${g.snoozeDays} ${g.sensitive} certain=${g.certain}`);
  if (logsWrongly(r, g)) { wrong++; console.log("!!! WRONG LOG", JSON.stringify(r.body), r.lesson, g.actions.join(), g.date); }
  if (r.label.sensitive && !g.sensitive) missS++;
}
console.log(right, "/", rs.length, "wrong logs", wrong, "missed sensitive", missS);
