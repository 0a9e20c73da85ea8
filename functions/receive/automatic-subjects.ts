/**
 * Subjects that machines write. A third of vacation programs set no header at all, so the subject is
 * all there is; each phrase stands at the start or is the whole subject, for people write
 * "Re: out of office next week?" themselves.
 */
export function isVacationSubject(subject: string): boolean {
  return VACATION.test(plainSubject(subject));
}

export function isBounceSubject(subject: string): boolean {
  return BOUNCE.test(plainSubject(subject));
}

function plainSubject(subject: string): string {
  return subject
    .slice(0, 300)
    .replace(/\s+/g, " ")
    .replace(/^(?:\[[^\]]{1,40}\] ?)+/, "") // [EXTERNAL], list tags
    .trim()
    .toLowerCase();
}

const VACATION = startsWithAny([
  "automatic reply\\s*[:-]",
  "automatic reply$",
  "automatic response",
  "automated (?:reply|response)",
  "auto(?:matic)?[- ]?(?:reply|response|responder|respond)\\b",
  "autoreply\\b",
  "auto ?:",
  "out of (?:the )?office(?: auto-?reply| reply| response| message| notification)?(?: ?[:!(-]|$)",
  "out of (?:the )?office (?:re|until|from|through)\\b",
  "ooo(?: ?[:-]|$)",
  "i(?:'|’)?a?m out of (?:the )?office",
  "i am (?:currently )?(?:out of (?:the )?office|on (?:vacation|leave|holiday))",
  "on vacation(?: ?[:!-]|$)",
  "vacation (?:reply|response|message|notice)",
  "away from (?:my )?(?:mail|office|desk)(?: ?[:-]|$)",
  "abwesenheits(?:notiz|nachricht|meldung|assistent|benachrichtigung)",
  "abwesenheit ?[:-]",
  "automatische (?:antwort|abwesenheit)",
  "antwort: automatisch",
  "nicht im (?:büro|haus)(?: ?[:-]|$)",
  "réponse automatique",
  "reponse automatique",
  "absence du bureau",
  "absent(?:e)? du bureau",
  "message d['’]absence",
  "respuesta autom[aá]tica",
  "fuera de (?:la )?oficina",
  "contestador autom[aá]tico",
  "mensaje autom[aá]tico",
  "resposta autom[aá]tica",
  "fora do escrit[oó]rio",
  "risposta automatica",
  "fuori (?:sede|ufficio)",
  "assenza dall['’]ufficio",
  "automatisch antwoord",
  "automatische beantwoording",
  "afwezig(?:heids(?:melding|bericht|assistent))?(?: ?[:-]|$)",
  "autosvar",
  "automatiskt? svar",
  "fr[aå]nvaro",
  "frav[aæ]r",
  "poissa toimistosta",
  "automaattinen vastaus",
  "odpowied[zź] automatyczna",
  "autoodpowied[zź]",
  "automatick[aá] odpov[eě][dď]",
  "automatikus v[aá]lasz",
  "otomatik yan[ıi]t",
  "автоответ",
  "автоматический ответ",
  "自动回复",
  "自動返信",
  "不在通知",
  "자동 ?회신",
]);

const BOUNCE = startsWithAny([
  "undeliverable\\b",
  "undelivered mail",
  "mail undeliverable",
  "returned mail\\b",
  "returned (?:to sender|email)",
  "delivery (?:status )?notification",
  "delivery (?:failure|failed|has failed|report|error|problem|delayed|incomplete)",
  "mail delivery (?:failed|failure|system|subsystem|error|problem|status|delayed)",
  "mail (?:status report|failure|system error|could not be delivered)",
  "message (?:undeliverable|not delivered|delivery (?:failure|failed)|could not be delivered)",
  "(?:non[- ]?delivery|nondeliverable)\\b",
  "failure notice\\b",
  "(?:your )?(?:mail|message|e-?mail) (?:not delivered|undelivered|was not delivered|has not been delivered|rejected|returned)",
  "unable to deliver (?:your )?(?:mail|message|e-?mail)",
  "(?:there was an )?error sending your (?:mail|message|e-?mail)",
  "mail system error",
  "message from (?:the )?mail administrator",
  "notice: mail delivery status",
  "postmaster notif",
  "user unknown$",
  "rejected mail\\b",
  "zustellungsbericht|bericht über (?:die )?(?:un)?zustellbarkeit",
  "notification d['’]état de remise",
  "avis de non[- ]remise",
  "failed (?:mail|delivery)\\b",
  "failure delivery",
  "warning: (?:could not send|message .{0,60}delayed)",
  "unzustellbar",
  "nicht zustellbar",
  "zustellung .{0,40}fehlgeschlagen",
  "fehlgeschlagene? zustellung",
  "non remis",
  "non[- ]distribuable",
  "échec de la (?:remise|distribution)",
  "no se puede entregar",
  "no se ha podido entregar",
  "error de entrega",
  "notificaci[oó]n de estado de entrega",
  "correo no entregado",
  "mensaje no entregado",
  "non recapitabile",
  "onbestelbaar",
  "n[aã]o foi poss[ií]vel entregar",
]);

function startsWithAny(phrases: readonly string[]): RegExp {
  return new RegExp(`^(?:${phrases.join("|")})`, "u");
}
