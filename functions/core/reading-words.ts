import type { ActionKind } from "./action.ts";

/** Kinds that one person can complete for their own half of the pair. */
export const OWN_HALF_KINDS: readonly ActionKind[] = ["role-map", "info-sharing-map"];

const FOOD =
  "(?:coffees?|lunch(?:es)?|breakfast|brunch|dinner|tea|happy hour|drinks?|bite|meal|sandwich(?:es)?|beers?|lattes?|ice cream|bagels?|tacos|pizza|donuts|caf[eé])";
/** Words between a verb and its object that leave the meaning alone; "a 911 call" is another call. */
const BETWEEN =
  "(?:an?|me|\\d(?:-\\d)+|the|our|my|his|her|their|your|some|this|that|these|those|it|him|them|us|each other(?:'?s)?|both|two|three|four|all|first|second|last|other|quick|short|good|great|nice|long|longer|brief|little|lovely|informal|friendly|productive|helpful|honest|real|proper|virtual|early|late|intro|introductory|initial|phone|video|zoom|teams|\\d{1,2}|ten|fifteen|twenty|thirty|minutes?|mins?|\\d+-?min(?:ute)?s?|hour|hour-long|half-hour|cups? of|bite|couple of|rough|working|final|new|one-page|respective|duty|agency|cell|work|after-?hours|after hours|on-?call|backup|contact|desk|over|out|off|up|in|through|together|own|partner|partner's|finished|completed|finally|also|just|really|very|pretty|simple|written|shared|joint|morning|afternoon|delicious|five|wonderful|fantastic|excellent|amazing|much|needed|overdue|long-overdue|planned|promised|weekly|monthly|existing|current|entire|old|present|of|full|whole|each|end to end|un|una|el|la|mi|mis|nuestr[oa]s?|los|las|sus?|primer[oa]?|con|⟦\\d+⟧|(?:det|sgt|lt|ofc|officer|detective|sergeant|deputy)\\.? [^\\s,;]+)";
const GAP = `(?:\\s${BETWEEN}){0,6}\\s`;
/** Any few words, where what stands around the phrase is looked at anyway. */
const FREE = "(?:\\s[^\\s,;]+){0,6}?\\s";
export const DOCUMENT =
  "(?:mou|moa|m\\.o\\.u\\.?|memorandum|agreement|protocol|one[- ]pager|memorando|acuerdo|protocolo)";
const UP_THE_LINE =
  "(?:leadership|legal|counsel|attorneys?|chiefs?|directors?|boards?|supervisors?|signatures?|signing|sign|review|command|sheriff|executives?|council|county|upstairs|brass|admin(?:istration)?|management|boss(?:es)?)";
const PRESENTED_AT =
  "(?:roll[ -]?calls?|staff meeting|team meeting|briefings?|trainings?|academy|in-?service|shift (?:change|meeting)|muster|line-?up|unit meeting|all[- ]staff)";

export interface ActionPattern {
  readonly kind: ActionKind;
  readonly pattern: RegExp;
  /** A phrase that could mean something else: it asks, always or unless the answered mail is about this kind. */
  readonly isLoose?: "always" | "elsewhere";
  /** A phrase that counts only in answer to a mail about this kind ("talked it through"). */
  readonly isOnlyOwn?: boolean;
  /** The sentence says that it holds and not that something was done, so words of need do not deny it. */
  readonly isState?: boolean;
}

function pattern(
  kind: ActionKind,
  source: string,
  more: Partial<ActionPattern> = {},
): ActionPattern {
  return {
    kind,
    pattern: new RegExp(`(?<![\\p{L}\\p{N}'-])(?:${source})(?![\\p{L}\\p{N}])`, "gu"),
    ...more,
  };
}

const LOOSE = { isLoose: "always" } as const;
const LOOSE_ELSEWHERE = { isLoose: "elsewhere" } as const;
const ONLY_OWN = { isOnlyOwn: true };
const STATE = { isState: true };
const DONE_WORDS =
  "(?:all )?(?:done|completed?|finished|held|made|had|great|good|productive|helpful|lovely|wonderful|nice|terrific|useful|fine|fantastic|excellent|accomplished|achieved|checked off|in the books|hecho|hecha)";
const IS =
  "(?:is|was|are|were|has been|have been|'s|got|ya est[aá])?\\s?(?:now |finally |already |really |very |so |a )?";
const TOOK_PLACE = "(?:went|happened|took place|occurred|came off)";
const TALKED =
  "(?:talked|spoke|chatted|discussed|connected|conversed|hablamos|habl[eé]|conversamos|platicamos|charlamos)";

/** How people say that something happened, by kind; always past tense, in lower case. */
export const ACTION_PATTERNS: readonly ActionPattern[] = [
  // Meeting over food or face to face
  pattern(
    "meet-informally",
    `(?:had|grabbed|got|shared|did|enjoyed|bought|took (?:him|her|them|my partner)(?: out)? (?:to|for)|went(?: out)? (?:for|to)|met(?: up)? (?:for|over)|sat down (?:for|over)|caught up over|${TALKED}(?:${GAP}| )over|tomamos|compartimos)${GAP}${FOOD}`,
  ),
  pattern(
    "meet-informally",
    "met|met up|got together|hung out|nos reunimos|nos vimos|nos encontramos|almorzamos|cenamos|desayunamos|comimos juntos|comimos juntas|(?:fuimos|salimos) a (?:almorzar|tomar|comer|cenar|desayunar)|me reun[ií] con",
  ),
  pattern(
    "meet-informally",
    `${FOOD} ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})|(?:our |the |informal )?(?:meet-?up|get-?together|meeting) ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})`,
  ),
  pattern(
    "meet-informally",
    `(?:had|did|held|finished)${GAP}(?:sit-?down|get-?together|meet-?up|visit|in[- ]person (?:meeting|chat)|meeting(?! (?:with (?:my|our|the) |about )))`,
  ),
  pattern(
    "meet-informally",
    "sat down|sat together|visited(?:(?! (?:a |the )?(?:client|survivor|victim|scene|jail))\\s\\S+)?|toured|caught up in person",
  ),
  pattern(
    "meet-informally",
    "saw each other|stopped (?:by|in)|dropped (?:by|in)|swung by|came by|caught up",
    LOOSE,
  ),
  // The first call
  pattern(
    "intro-call",
    `(?:had|did|made|held|finished|completed|took|returned|wrapped up|hopped on|jumped on|shared|enjoyed|got (?:in|through|on)|tuvimos|hicimos)${GAP}(?<!roll[ -]|conference |on )(?:phone[- ]?call|intro(?:duction|ductory)?(?: call)?|call|phone (?:chat|conversation)|video ?call|videollamada|llamada)(?! (?:for service|out\\b|center|log|back|from|volume))`,
  ),
  pattern(
    "intro-call",
    `${TALKED}(?:${GAP}| )(?:by|on|over|via|through|por) (?:the |a )?(?:phone|tel[eé]fono|zoom|teams|video|facetime|webex|google meet|cell)|spoke by phone`,
  ),
  pattern(
    "intro-call",
    `(?<!roll[ -]|conference |on )(?:call|llamada) ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})|intro ${IS}done`,
  ),
  pattern(
    "intro-call",
    "(?:called|phoned|rang|telephoned|facetimed|llam[eé])(?= (?:me|us|him|her|them|each other|my partner|the partner|det|sgt|lt|ofc|officer|detective|⟦|a mi|a la|al)|$)",
    LOOSE,
  ),
  pattern(
    "intro-call",
    `${TALKED}|touched base|got off (?:the|a) (?:phone|call)|had (?:a|our|the) (?:good |great |nice |quick |first )*(?:chat|conversation|talk)`,
    ONLY_OWN,
  ),
  // The lists
  pattern(
    "role-map",
    `(?:sent|shared|emailed|e-mailed|mailed|forwarded|gave|handed|delivered|texted|traded|swapped|exchanged|passed (?:along|on)|dropped off|envi[eé]|mand[eé]|enviamos|intercambiamos|compart[ií])${GAP}(?:lists?|listas?|role maps?)`,
  ),
  pattern(
    "role-map",
    `(?:lists?|listas?) ${IS}(?:been )?(?:all )?(?:sent|shared|swapped|exchanged|delivered|emailed|traded|done and sent|enviada|mandada|in (?:her|his|their) (?:inbox|hands))|(?:lists?) went (?:out|over|to)`,
  ),
  pattern(
    "role-map",
    "(?:sent|emailed|e-mailed|shared|forwarded) (?:mine|it|her mine|him mine|them mine|mine (?:over|off|out))|mine (?:is|was|went) (?:done and )?(?:sent|out|in)|(?:ya )?la (?:envi[eé]|mand[eé])",
    ONLY_OWN,
  ),
  // The hard parts
  pattern(
    "tension-preview",
    `(?:${TALKED}|went|walked|worked|hashed|named|identified|swapped|covered|compared|agreed|shared)${GAP}(?:moments?|friction(?: points?)?|tensions?|hard (?:parts?|stuff|things|bits)|sticking points?|if[- ]thens?|if[- ]then plans?|pain points?|rough spots?|puntos? (?:dif[ií]ciles|de fricci[oó]n)|tensiones|momentos)`,
  ),
  pattern(
    "tension-preview",
    `(?:talked|went|walked|worked|hashed) (?:(?:it|them|those|these|things|everything|that|both|all|it all|our two|the two) )+(?:through|over|out)|(?:talked|went|walked|worked|hashed) (?:through|over|out) (?:them|it|both|these|those|our|the two)|${TALKED}|had (?:the|our|a) (?:good |great |hard |honest )*(?:talk|conversation|chat|discussion)|lo hablamos`,
    ONLY_OWN,
  ),
  // Numbers
  pattern(
    "trust-checkin",
    `(?:swapped|exchanged|traded|shared|gave each other|got each other'?s|have each other'?s|tested|saved each other'?s|intercambiamos)(?:${GAP}| )(?:each other'?s )?(?:duty |agency |cell |phone |after-?hours |on-?call |backup |contact |desk )*(?:numbers?|contacts?|cells?|n[uú]meros?)`,
  ),
  pattern(
    "trust-checkin",
    `(?:numbers?|n[uú]meros?|contacts?) ${IS}(?:all )?(?:been )?(?:swapped|exchanged|traded|shared|saved|tested|intercambiados)|test texts? ${IS}(?:worked|received|went through|sent|came through)|(?:sent|got|received|did|ran)${GAP}test texts?`,
  ),
  // The agreement
  pattern(
    "mou-draft",
    `(?:drafted|outlined|sketched|wrote(?: up)?|put together|finished|completed|created|typed up|got|have|did|roughed out|hammered out|redactamos|escribimos)${GAP}(?:drafts?|outlines?|headings|borrador|one[- ]pager|one page)|(?:drafted|outlined|wrote(?: up)?|redactamos)${GAP}(?:${DOCUMENT}|it)|(?:draft|outline|borrador) ${IS}(?:all )?(?:done|finished|completed?|ready|written|drafted|listo)`,
  ),
  pattern(
    "mou-needed",
    `(?:(?:do|definitely|decided|agreed|think) )?(?:that )?(?:we )?(?:need|could use|necesitamos)(?: to (?:have|do|write|create|draft|set up))? (?:one|an? (?:short |written |formal |simple )*${DOCUMENT}|uno)(?! (?:more|thing|page|of|week|day|question))`,
    STATE,
  ),
  pattern(
    "mou-not-needed",
    `(?:don'?t|do not|didn'?t|did not|doesn'?t|does not|no longer|won'?t) (?:really |actually |currently )?(?:need|require|want)(?: to have| to write)? (?:one|an? |any |the )?(?:formal |written |new )*(?:${DOCUMENT}|one\\b)|(?:no|not an?) (?:formal |written )?${DOCUMENT} (?:is |was |will be )?(?:needed|necessary|required)|${DOCUMENT} (?:is not|isn'?t|was not|wasn'?t|not) (?:needed|necessary|required)|decided (?:against (?:one|an? ${DOCUMENT}|the ${DOCUMENT})|not to (?:have|do|write|draft) (?:one|an? ${DOCUMENT}))|no need for (?:one|an? ${DOCUMENT})|(?:neither of us|nobody|no one) (?:thinks?|believes?|feels?|sees?) (?:that )?(?:we need|a need for) (?:one|an? ${DOCUMENT})|no (?:necesitamos|hace falta) (?:un |ning[uú]n )?(?:${DOCUMENT}|uno)`,
    STATE,
  ),
  pattern(
    "mou-sent",
    `(?:sent|submitted|forwarded|routed|gave|handed|passed|enviamos|mandamos)${GAP}(?:${DOCUMENT}|it|draft|document) (?:[^\\s,;]+ ){0,2}?(?:to|for|up to) (?:[^\\s,;]+ ){0,4}?${UP_THE_LINE}|${DOCUMENT} (?:is|'s|has gone|went|was sent|has been sent|sits|is now) (?:now |up |over )?(?:with|to|at|in front of) (?:[^\\s,;]+ ){0,3}${UP_THE_LINE}|(?:sent|submitted)${GAP}(?:for|up for) (?:signatures?|signing)|(?:${DOCUMENT}|draft|document) (?:was |has been |is |got |were )?(?:sent|submitted|routed|forwarded) (?:over |up |on )?(?:to|for) (?:[^\\s,;]+ ){0,3}?${UP_THE_LINE}`,
  ),
  pattern(
    "mou-sent",
    `(?:sent|submitted|forwarded) (?:it )?(?:over |up |off |on )?to (?:the |our |my )?${UP_THE_LINE}`,
    STATE,
  ),
  pattern(
    "mou-not-needed",
    `(?:don'?t|do not) (?:think|believe|feel) (?:that )?we (?:really )?need (?:one|an? ${DOCUMENT}|the ${DOCUMENT})`,
    { ...STATE, isLoose: "always" },
  ),
  pattern(
    "mou-signed",
    `(?:signed|executed|finalized|inked|firmamos|firmado)(?=\\s*(?:$|⟦|(?:it|one|by|today|both)\\b|(?:in|on|around) ⟦|(?:the |our |an? |that |el )?(?:new |final |short )?(?:${DOCUMENT})\\b))|${DOCUMENT}${GAP}(?:is|was|has been|'s|got|were)\\s(?:now |finally |fully |officially |all )?(?:signed|executed|in (?:force|place|effect)|firmado)|${DOCUMENT} (?:signed|firmado)|signatures are (?:all )?in|got (?:both|all|the) signatures`,
  ),
  pattern(
    "mou-signed",
    `(?:already |do |currently )?(?:have|has|got|tenemos)(?: already| ya)? (?:one(?! (?:question|more|week|thing|of))|uno|an? (?:[^\\s,;]+ )?(?:${DOCUMENT}))(?: already)?(?: in place| on file| from| signed| that|$| ⟦| since)`,
    STATE,
  ),
  pattern(
    "mou-review",
    `(?:reviewed|re-?read|read (?:through|over)|went (?:over|through)|looked (?:over|through)|updated|revised|renewed|amended|revisited|revisamos)${GAP}(?:${DOCUMENT})|${DOCUMENT} ${IS}(?:been )?(?:reviewed|updated|revised|renewed|amended|revisado)`,
  ),
  // Two clocks
  pattern(
    "timeline-swap",
    `(?:swapped|exchanged|traded|compared|shared|walked(?: each other)? through|went (?:over|through)|laid out|${TALKED}|intercambiamos|comparamos)${GAP}(?:time ?lines?|clocks?|time ?frames?|first 72|cronogramas?|plazos|l[ií]neas? de tiempo)|(?:time ?lines?|cronogramas?) ${IS}(?:been )?(?:swapped|exchanged|traded|compared|shared|done|intercambiados)`,
  ),
  pattern(
    "timeline-swap",
    "(?:swapped|exchanged|traded|compared)(?: (?:them|ours|calendars|notes|sketches|it))?",
    ONLY_OWN,
  ),
  // Four boxes
  pattern(
    "info-sharing-map",
    `(?:filled(?: (?:in|out|up))?(?! with)|completed|finished|swapped|exchanged|traded|did|shared|compared|sent|went (?:over|through)|llen[eé]|llenamos|complet[eé]|completamos)${GAP}(?:boxes|grids?|quadrants?|casillas|cuadros|recuadros|cajas)|(?:boxes|grids?|casillas|cuadros|recuadros) ${IS}(?:been )?(?:all )?(?:filled(?: (?:in|out))?(?! with)|done|completed?|finished|swapped|exchanged|sent|shared|llenas|llenos|listas)`,
  ),
  pattern(
    "info-sharing-map",
    "(?:filled|completed|finished|swapped|sent|shared) (?:them|mine|all four|ours|mine (?:in|out))|mine (?:are|is) (?:filled|done|sent)(?: in| out)?",
    ONLY_OWN,
  ),
  // Training together
  pattern(
    "cross-training",
    `(?:presented|spoke|talked|(?:gave|did)${GAP}(?:talk|presentation|briefing|training|overview|spot|session|minutes?))(?: (?:to|with) [^,;]{2,30}?)? (?:at|to|during|in|for)${FREE}${PRESENTED_AT}|trained together|cross-?trained|(?:did|had|held|ran|finished|completed)${GAP}(?:cross-?|joint |shared )training|(?:attended|went to|took|completed|did|sat (?:in|through)(?: on)?)${FREE}(?:training|workshop|webinar|class|course|conference)${FREE}(?:together|with)|(?:sat in on|joined|came to|attended)${FREE}${PRESENTED_AT}${FREE}(?:together|with)|(?:cross-?training|roll[ -]?call (?:talk|presentation|slot|visit)|presentation|(?:joint |shared )training) ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})|nos capacitamos|nos entrenamos|tomamos la capacitaci[oó]n`,
  ),
  pattern(
    "cross-training",
    `(?:gave|did)${GAP}(?:talk|presentation|briefing)|co-?presented`,
    ONLY_OWN,
  ),
  pattern(
    "cross-training",
    `presented|sat in|(?:attended|went to|did|took)${GAP}(?:training|workshop|webinar|class)|(?:came|went|spoke) (?:to|at)${FREE}${PRESENTED_AT}`,
    { ...ONLY_OWN, isLoose: "always" },
  ),
  // The reset
  pattern(
    "repair-conversation",
    "cleared the air|had it out(?! with my)|hit (?:the )?reset|(?:had|did|held)(?! to\\b)(?: \\S+){0,3} reset(?: (?:talk|conversation|chat))?|we reset|agreed (?:on )?(?:a|our|the) reset (?:phrase|word)|reset (?:talk|conversation|chat)? ?(?:is |was |went )?(?:done|good|well|great)",
  ),
  pattern(
    "repair-conversation",
    `(?:talked|worked) (?:it|things|everything|this) (?:all )?(?:through|out|over)|${TALKED}|had (?:the|our|a|that) (?:good |great |hard |honest )*(?:talk|conversation|chat)|(?:talk|conversation) ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})`,
    ONLY_OWN,
  ),
  // Looking back
  pattern(
    "debrief",
    "looked back|(?:had|did|held|finished|completed)(?: \\S+){0,3} (?:debrief|look[- ]?back)|debrief (?:is |was |went )?(?:done|good|well|great|complete)|answered (?:the |all )?(?:four |4 )?questions together|hicimos (?:el |un )?balance|miramos atr[aá]s",
  ),
  pattern("debrief", "debriefed|reflected", LOOSE_ELSEWHERE),
  pattern(
    "debrief",
    `${TALKED}(?: (?:it|them|things|everything))?|had (?:the|our|a|that) (?:good |great )*(?:talk|conversation|chat|discussion)|(?:went (?:over|through)|answered) (?:the |all |your )*(?:four |4 )?questions`,
    ONLY_OWN,
  ),
];

/** "Did it", "all done", "it went well": whatever the mail that is answered asked for. */
export const GENERIC_DONE =
  /(?<![\p{L}'-])(?:(?:did|finished|completed|accomplished|hicimos|hice|completamos|complet[eé]|termin[eé]|terminamos)(?:(?= *(?:⟦|$))| (?:it|this|that|both|everything|all(?: of (?:it|this|them))?|this (?:one|week'?s?|lesson|step|exercise|activity|task)|that (?:one|step)|the (?:exercise|activity|assignment|lesson|step|task|thing|homework|action|week)|(?:week|lesson) \d+|lo (?:de esta semana)?|eso|esto|la (?:tarea|actividad|lecci[oó]n))\b)|(?:lo )(?:hicimos|hice|terminamos|termin[eé]|complet[eé])|took care of (?:it|this|that)|(?:taken|took) care of|got (?:it|this|that) done|knocked (?:it|this|that) out|wrapped (?:it|this|that) up|checked (?:it|this|that) off|(?<!has |have )had (?:it|ours)(?= *(?:on )?(?:⟦|$))|wrapped up(?= *(?:⟦|$))|(?:it|this|that|this one|week \d+|lesson \d+|exercise|all|everything|both|task|activity)(?:'s| is| are| was| has been)? (?:now |all |finally |already |been )?(?:done|completed?|finished|taken care of)|(?:it|that|this) (?:all )?(?:happened|worked out|came off|went)(?: (?:really|very|pretty|so|super|well|great|fine|smoothly|good|ok|okay|off))*|went (?:really |very |pretty )?(?:well|great|smoothly|good|fine)|(?:we|i)(?:'re|'m| are| am|'ve| have) (?:now |all |finally )?(?:done|finished|completed)(?= *(?:⟦|$| (?:on|with (?:it|this|that|this one|week \d+|lesson \d+))\b))|all done|(?<!be |get |getting |well |nicely |been |have |what's |whats |when |not |half |being )done(?= *(?:⟦|$| (?:on|with (?:it|this|that|this one|week \d+|lesson \d+)|deal|and dusted|as of|by phone|over|at|together|in person|here|via)\b))|completed?(?= *(?:⟦|$))|finished(?= *(?:⟦|$))|mission accomplished|est[aá] hecho|ya est[aá]|hecho(?= *(?:⟦|$| (?:el|ayer|hoy)))|ya lo hicimos)(?![\p{L}])/gu;
