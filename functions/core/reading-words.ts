import type { ActionKind } from "./action.ts";

/** Kinds that one person can complete for their own half of the pair. */
export const OWN_HALF_KINDS: readonly ActionKind[] = ["role-map", "info-sharing-map"];

export const FOOD =
  "(?:coffees?|lunch(?:es)?|breakfast|brunch|dinner|tea|happy hour|drinks?|bite|meal|sandwich(?:es)?|beers?|lattes?|ice cream|bagels?|tacos|pizza|donuts?|caf[eé]|burritos?|burgers?|pho|sushi|bbq|ramen|wings|pie|muffins?|cookies|snacks?|smoothies?|dumplings|noodles|salads?|soup|pancakes|waffles|pastries|chai|espressos?|cappuccinos?|subs|takeout|picnic|empanadas|pupusas|tamales|cafecitos?|desayuno|almuerzo)";
/** Words that part a verb from its object, or make it another object: "had no lunch", "sent the wrong list", "gave a victim her list". */
const NO_FILLER = `(?:no|not|never|nothing|none|without|half|most|part|zero|wrong|different|another|other(?! day| night)|somebody|someone|anyone|911|about|for|to|from|on|at|by|with|who|which|when|where|before|after|until|if|but|or|because|instead|as|than|was|were|is|are|be|been|will|would|could|should|can|may|might|must|i|we|he|she|they|clients?|victims?|survivors?|witness(?:es)?|suspects?|judges?|chiefs?|boss(?:es)?|supervisors?|lieutenants?|captains?|directors?|dispatch|legal|attorneys?|prosecutors?|counsel|vendors?|reporters?|teams?|staff|intake|grocery|guest|wait(?:ing)?|mailing|to-?do|price|short|conference|strange|wedding|christmas|witness|suspect|roll|911|hotline|robo|sales|crisis|emergency|radio|collect|house|court|family|department|agency's|unit's|(?!(?:each other|one another|partner|counterpart|week|month|today|yesterday|morning|everyone|both|det|sgt|officer)'s)[^\\s,;']+'s|(?!(?:need|overdu|finish|complet|share|delay|belat|relax|extend|laminat|type|print|update|revis|promis|postpon|expand|combin|limit|unhurri|abbreviat|respect|annotat|color-cod|dread|detail|sign|talk|shar)e?d\\b)[^\\s,;]+ed\\b)`;
const GAP = `(?:\\s(?!${NO_FILLER}(?![\\p{L}'-]))[^\\s,;]+){0,6}?\\s`;
/** Any few words, where what stands around the phrase is looked at anyway. */
const FREE = "(?:\\s[^\\s,;]+){0,6}?\\s";
export const DOCUMENT =
  "(?:mou|moa|m\\.o\\.u\\.?|memorandum|agreement|protocol|one[- ]pager|memorando|acuerdo|protocolo)";
const UP_THE_LINE =
  "(?:ed|leadership|legal|counsel|attorneys?|chiefs?|directors?|boards?|supervisors?|signatures?|signing|sign|review|command|sheriff|executives?|council|county|upstairs|brass|admin(?:istration)?|management|boss(?:es)?)";
const PRESENTED_AT =
  "(?:roll[ -]?calls?|staff meeting|team meeting|briefings?|trainings?|academy|in-?service|shift (?:change|meeting)|muster|line-?up|unit meeting|all[- ]staff|(?:[a-d]|day|night|first|second|third|morning|evening|swing|graveyard|midnight) (?:shift|squad|watch|platoon)|(?:her|his|their|the) (?:\\S+ )?(?:shift|squad|unit|team|officers|staff(?! meeting)|deputies|troopers|detectives|academy class))";

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

const DID =
  "(?:did|finished(?: up)?|completed|knocked out|wrapped up|got through|took care of|checked off|crossed off|hicimos|hice|terminamos|termin[eé]|completamos|complet[eé])";
/** What is done of each kind, where no verb of its own is needed: "did the boxes", "timelines are done". */
const DONE_THINGS: Readonly<Partial<Record<ActionKind, string>>> = {
  "trust-checkin":
    "(?:duty |cell |phone |contact )?(?:numbers|n[uú]meros)|test (?:texts?|messages?)",
  "timeline-swap": "time ?lines?|time ?line swap|cronogramas?|plazos",
  "info-sharing-map": "boxes|grid|cajas|casillas|recuadros",
  "cross-training":
    "roll[ -]?call (?:talk|visit|training|presentation)|cross-?training|(?:\\d+|ten|five|fifteen) ?(?:min(?:ute)?s?|mins) at (?:the |her |his |their |our )?(?:\\S+ )?(?:roll[ -]?call|staff meeting|briefing|muster)",
  "repair-conversation": "reset(?: (?:talk|conversation|chat))?",
  debrief: "debrief|look[- ]?back|repaso|(?:both|the|all|four|two) questions",
};

function donePatterns(): readonly ActionPattern[] {
  return (Object.keys(DONE_THINGS) as ActionKind[]).map((kind) => {
    const things = DONE_THINGS[kind] ?? "";
    return pattern(
      kind,
      `${DID}(?:${GAP}| )(?:${things})|(?:${things}) ${IS}(?:been )?(?:${DONE_WORDS}|${TOOK_PLACE})`,
    );
  });
}

/** How people say that something happened, by kind; always past tense, in lower case. */
export const ACTION_PATTERNS: readonly ActionPattern[] = [
  ...donePatterns(),
  // Meeting over food or face to face
  pattern(
    "meet-informally",
    `(?:had|grabbed|got|shared|split|ate|did|enjoyed|bought|took (?:him|her|them|my partner)(?: out)? (?:to|for)|went(?: out)? (?:for|to)|met(?: up)? (?:for|over)|sat down (?:for|over)|caught up over|${TALKED}(?:${GAP}| )over|tomamos|compartimos)${GAP}${FOOD}`,
  ),
  pattern(
    "meet-informally",
    `(?:met(?: up)?|connected|linked up|got together|caught up|joined|sat down)(?:\\s[^\\s,;]+){1,4}?\\s(?:for|over)(?:${GAP}|\\s)${FOOD}|(?:took|treated|invited)(?:\\s[^\\s,;]+){1,3}?\\s(?:out )?(?:to|for)(?:${GAP}|\\s)${FOOD} (?=⟦|$|and\\b)`,
  ),
  pattern(
    "meet-informally",
    "met|met up|got together|hung out|nos reunimos|nos vimos|nos encontramos|nos juntamos|almorzamos|cenamos|desayunamos|comimos juntos|comimos juntas|(?:fuimos|salimos) a (?:almorzar|tomar|comer|cenar|desayunar)|me reun[ií] con",
  ),
  pattern(
    "meet-informally",
    `${FOOD} (?:ya )?${IS}(?:${DONE_WORDS}|${TOOK_PLACE})|(?:our |the |informal )?(?:meet-?up|get-?together|meeting) ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})`,
  ),
  pattern(
    "meet-informally",
    `(?:had|did|held|finished)${GAP}(?:sit-?down|get-?together|meet-?up|visit|in[- ]person (?:meeting|chat)|meeting(?! (?:with (?:my|our|the) |about )))`,
  ),
  pattern(
    "meet-informally",
    "(?<=\\b(?:we|i) (?:\\p{L}+ly |both |all |just )?)(?:sat down|sat together)",
  ),
  pattern("meet-informally", "sat down|sat together", LOOSE_ELSEWHERE),
  pattern(
    "meet-informally",
    "visited(?:(?! (?:a |the )?(?:client|survivor|victim|scene|jail))\\s\\S+)?|toured|caught up in person",
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
    `${TALKED}(?:${GAP}| )(?:by|on|over|via|through|por) (?:the |a )?(?:phone|tel[eé]fono|zoom|teams|video|facetime|webex|google meet|cell)|spoke by phone|introduced ourselves (?:by|on|over) (?:the )?phone`,
  ),
  pattern(
    "intro-call",
    `(?<!roll[ -]|conference |on )(?:call|llamada) ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})|intro ${IS}done`,
  ),
  pattern(
    "intro-call",
    "(?:called|phoned|rang|telephoned|facetimed|llamé|(?<=yo (?:le |lo |la )?)llame)(?= (?:me|us|him|her|them|each other|my partner|the partner|det|sgt|lt|ofc|officer|detective|⟦|a mi|a la|al)|$)",
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
    `(?:lists?|listas?) ${IS}(?:been )?(?:all )?(?:sent|shared|swapped|exchanged|delivered|emailed|traded|done and sent|(?:with|on) (?:her|him|them|my partner|(?:her|his|their) desk)|enviada|mandada|in (?:her|his|their) (?:inbox|hands))|(?:lists?) (?:went (?:out|over|to)|reached|landed|got to|made it to|left my)`,
  ),
  pattern(
    "role-map",
    "(?:swapped|exchanged|traded) (?:them|ours|with (?:her|him))|(?:sent|emailed|e-mailed|shared|forwarded) (?:mine|it|her mine|him mine|them mine|mine (?:over|off|out))|mine (?:is|was|went) (?:done and )?(?:sent|out|in)|(?:ya )?(?:se )?las? (?:envi[eé]|mand[eé]|pas[eé]|compart[ií])",
    ONLY_OWN,
  ),
  // The hard parts
  pattern(
    "tension-preview",
    `(?:${TALKED}|went|walked|worked|hashed|named|identified|swapped|covered|compared|agreed|shared)${GAP}(?:moments?|friction(?: (?:points?|stuff|spots?|areas?|moments?))?|tensions?(?: points?)?|hard (?:parts?|stuff|things|bits)|sticking points?|if[- ]thens?|if[- ]then plans?|pain points?|rough spots?|puntos? (?:dif[ií]ciles|de fricci[oó]n)|tensiones|momentos)`,
  ),
  pattern(
    "tension-preview",
    `(?:talked|went|walked|worked|hashed) (?:(?:it|them|those|these|things|everything|that|both|all|it all|our two|the two) )+(?:through|over|out)|(?:talked|went|walked|worked|hashed) (?:through|over|out) (?:them|it|both|these|those|our|the two)|${TALKED}|had (?:the|our|a) (?:good |great |hard |honest )*(?:talk|conversation|chat|discussion)|lo hablamos`,
    ONLY_OWN,
  ),
  // Numbers
  pattern(
    "trust-checkin",
    `(?:swapped|exchanged|traded|shared|gave each other|got each other'?s|have each other'?s|(?:have|got) (?:his|hers|her|their)(?: \\S+){0,4}? and (?:he|she|they) (?:has|have|got) (?:mine|ours)(?= *,? (?:checked|tested|both))|tested|saved each other'?s|intercambiamos)(?:${GAP}| )(?:each other'?s )?(?:duty |agency |cell |phone |after-?hours |on-?call |backup |contact |desk )*(?:numbers|(?<!\\bone (?:\\w+ )?)number|lines?|contacts?|cells?|backups?|n[uú]meros?)`,
  ),
  pattern(
    "trust-checkin",
    `(?:numbers?|n[uú]meros?|contacts?|lines) ${IS}(?:all )?(?:been )?(?:swapped|exchanged|traded|shared|saved|tested|intercambiados)|test texts? ${IS}(?:worked|received|went through|sent|came through|landed|arrived|answered)|(?:sent|got|received|did|ran)${GAP}test texts?`,
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
    `(?:don'?t|do not|didn'?t|did not|doesn'?t|does not|no longer|won'?t) (?:really |actually |currently )?(?:need|require|want)(?: to have| to write)? (?:one|an? |any |the )?(?:formal |written |new )*(?:${DOCUMENT}|one\\b)|(?:no|not an?) (?:formal |written )?${DOCUMENT} (?:is |was |will be )?(?:needed|necessary|required)|${DOCUMENT} (?:is not|isn'?t|was not|wasn'?t|not) (?:needed|necessary|required)|decided (?:against (?:one|an? ${DOCUMENT}|the ${DOCUMENT})|not to (?:have|do|write|draft) (?:one|an? ${DOCUMENT}))|no need for (?:one|an? ${DOCUMENT})|(?:don'?t|do not|didn'?t) need (?:anything|something) (?:on paper|in writing|formal|written|that formal)|(?:neither of us|nobody|no one) (?:thinks?|believes?|feels?|sees?) (?:that )?(?:we need|a need for) (?:one|an? ${DOCUMENT})|no (?:lo |la )?(?:necesitamos|hace falta|es necesari[oa]|era necesari[oa]|ser[ií]a necesari[oa]) (?:un |una |ning[uú]n |tener |firmar |hacer |escribir )*(?:${DOCUMENT}|uno)`,
    STATE,
  ),
  pattern(
    "mou-sent",
    `(?:sent|submitted|forwarded|routed|gave|handed|passed|enviamos|mandamos)${GAP}(?:${DOCUMENT}|draft|document) (?:[^\\s,;]+ ){0,2}?(?:to|for|up to) (?:[^\\s,;]+ ){0,4}?${UP_THE_LINE}|${DOCUMENT} (?:is|'s|has gone|went|was sent|has been sent|sits|is now) (?:now |up |over )?(?:with|to|at|in front of) (?:[^\\s,;]+ ){0,3}${UP_THE_LINE}|(?:sent|submitted)${GAP}(?:for|up for) (?:signatures?|signing)|(?:went|gone|going) (?:out |up |over )?(?:for|to get) (?:signatures?|signing)|(?:${DOCUMENT}|draft|document) (?:was |has been |is |got |were )?(?:sent|submitted|routed|forwarded) (?:over |up |on )?(?:to|for) (?:[^\\s,;]+ ){0,3}?${UP_THE_LINE}`,
  ),
  pattern(
    "mou-sent",
    `(?:(?:sent|submitted|forwarded|routed|gave|handed|passed)(?: it)?|(?:it|ours) went)(?: over| up| off| on| out)? to (?:the |our |my )?${UP_THE_LINE}`,
    STATE,
  ),
  pattern(
    "mou-not-needed",
    `(?:don'?t|do not) (?:think|believe|feel) (?:that )?we (?:really )?need (?:one|an? ${DOCUMENT}|the ${DOCUMENT})`,
    { ...STATE, isLoose: "always" },
  ),
  pattern(
    "mou-signed",
    `(?:signed|executed|finalized|inked|firmamos|firmado)(?=\\s*(?:$|⟦|(?:it|one|by|today|both)\\b|(?:in|on|around) ⟦|(?:the |our |an? |that |el )?(?:new |final |short )?(?:${DOCUMENT})\\b))|${DOCUMENT}${GAP}(?:is|was|has been|'s|got|were)\\s(?:now |finally |fully |officially |all )?(?:signed|executed|in (?:force|place|effect)|firmado)|${DOCUMENT} (?:signed|firmado)|(?:both|all|the) (?:\\S+ )?signatures (?:are |were |is )?(?:all )?(?:in|done|on)|signatures are (?:all )?in|got (?:both|all|the) signatures`,
  ),
  pattern(
    "mou-signed",
    `(?:already |do |currently )?(?:have|has|got|tenemos)(?: already| ya)? (?:one(?! (?:question|more|week|thing|of))|uno|an? (?:[^\\s,;]+ )?(?:${DOCUMENT}))(?: already)?(?: in place| on file| from| signed| that|$| ⟦| since)`,
    STATE,
  ),
  pattern(
    "mou-review",
    `(?:reviewed|re-?read|read (?:through|over)|went (?:over|through|back to|back over)|looked (?:over|through|at)|updated|revised|renewed|amended|revisited|revisamos|read)${GAP}(?:${DOCUMENT})|(?:revised|updated|amended|rewrote|reworked|tweaked)${FREE}(?:paragraphs?|sections?|clauses?|wording|terms?|language|page)|${DOCUMENT} ${IS}(?:been )?(?:reviewed|updated|revised|renewed|amended|revisado)`,
  ),
  // Two clocks
  pattern(
    "timeline-swap",
    `(?:swapped|exchanged|traded|compared|shared|walked(?: each other)? through|went (?:over|through)|laid(?: out)?|${TALKED}|intercambiamos|comparamos)${GAP}(?:time ?lines?|clocks?|time ?frames?|first 72|cronogramas?|plazos|l[ií]neas? de tiempo)|(?:time ?lines?|cronogramas?) ${IS}(?:been )?(?:swapped|exchanged|traded|compared|shared|done|intercambiados)`,
  ),
  pattern(
    "timeline-swap",
    "(?:swapped|exchanged|traded|compared)(?: (?:them|ours|calendars|notes|sketches|it))?",
    ONLY_OWN,
  ),
  // Four boxes
  pattern(
    "info-sharing-map",
    `(?:filled(?: (?:in|out|up))?(?! with)|completed|finished|swapped|exchanged|traded|did|shared|compared|sent|went (?:over|through)|llen[eé]|llenamos|complet[eé]|completamos|compart[ií]|compartimos|intercambiamos)${GAP}(?:boxes|grids?|quadrants?|casillas|cuadros|recuadros|cajas)|(?:boxes|grids?|casillas|cuadros|recuadros|cajas) (?:ya )?${IS}(?:been )?(?:all )?(?:filled(?: (?:in|out))?(?! with)|done|completed?|finished|swapped|exchanged|sent|shared|llen[ao]s|list[ao]s|complet[ao]s|compartid[ao]s|(?:ya )?est[aá]n)`,
  ),
  pattern(
    "info-sharing-map",
    "(?:filled|completed|finished|swapped|sent|shared) (?:them|mine|all four|ours|mine (?:in|out))|mine (?:are|is) (?:filled|done|sent)(?: in| out)?|(?:ya )?(?:se )?las (?:envi[eé]|mand[eé]|llen[eé]|complet[eé]|compart[ií])",
    ONLY_OWN,
  ),
  // Training together
  pattern(
    "cross-training",
    `(?:presented|spoke|talked|(?:gave|did)${GAP}(?:talk|presentation|briefing|training|overview|spot|session|minutes?))(?: (?:to|with) [^,;]{2,30}?)? (?:at|to|during|in|for)${FREE}${PRESENTED_AT}|trained together|cross-?trained|(?:did|had|held|ran|finished|completed)${GAP}(?:cross-?|joint |shared )training|(?:attended|went to|took|completed|did|sat (?:in|through)(?: on)?)${FREE}(?:training|workshop|webinar|class|course|conference)${FREE}(?:together|with)|(?:sat in on|joined|came to|attended)${FREE}${PRESENTED_AT}${FREE}(?:together|with)|(?:cross-?training|roll[ -]?call (?:talk|presentation|slot|visit)|presentation|(?:joint |shared )training) ${IS}(?:${DONE_WORDS}|${TOOK_PLACE})|nos capacitamos|nos entrenamos|tomamos la capacitaci[oó]n`,
  ),
  pattern(
    "cross-training",
    `(?:taught|trained|briefed|addressed|lectured|spoke to|talked to|presented (?:to|at))${FREE}(?:class|recruits|cadets|squad|shift|unit|staff|team|officers|deputies|troopers|advocates|volunteers|roll[ -]?call|academy|station|precinct)`,
    LOOSE_ELSEWHERE,
  ),
  pattern(
    "cross-training",
    `(?:gave|did)${GAP}(?:talk|presentation|briefing)|co-?presented`,
    ONLY_OWN,
  ),
  pattern(
    "cross-training",
    `presented|(?:did|gave)${GAP}(?:spiel|piece|bit|part|thing|slot|pitch) at|sat in|(?:attended|went to|did|took)${GAP}(?:training|workshop|webinar|class)|(?:came|went|spoke) (?:to|at)${FREE}${PRESENTED_AT}`,
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
    `looked back|(?:had|did|held|finished|completed)${GAP}(?:debrief|look(?:ing)?[- ]?back)|debrief (?:is |was |went )?(?:done|good|well|great|complete)|answered (?:the |all )?(?:four |4 )?questions together|hicimos (?:el |un )?balance|miramos atr[aá]s`,
  ),
  pattern("mou-signed", `there(?:'s| is) (?:already )?an? (?:[^\\s,;]+ ){0,3}${DOCUMENT}`, {
    ...STATE,
    ...LOOSE,
  }),
  pattern(
    "mou-review",
    "(?:read|went|looked) (?:it|ours|the whole thing|everything) (?:all )?(?:through|over)|reviewed (?:it|ours)",
    STATE,
  ),
  pattern("debrief", "debriefed|reflected", LOOSE_ELSEWHERE),
  pattern(
    "debrief",
    `${TALKED}(?: (?:it|them|things|everything))?|had (?:the|our|a|that) (?:good |great )*(?:talk|conversation|chat|discussion)|(?:went (?:over|through)|answered|did|covered) (?:the |all |your |both |two )*(?:of the )?(?:four |4 |two )?questions`,
    ONLY_OWN,
  ),
];

/** "Did it", "all done", "it went well": whatever the mail that is answered asked for. */
export const GENERIC_DONE =
  /(?<![\p{L}'-])(?:(?:did|finished|completed|accomplished|hicimos|hice|completamos|complet[eé]|termin[eé]|terminamos)(?:(?= *(?:⟦|$))| (?:it|this|that|both|everything|all(?: of (?:it|this|them))?|this (?:one|week'?s?|lesson|step|exercise|activity|task)|that (?:one|step)|the (?:exercise|activity|assignment|lesson|step|task|thing|homework|action|week)|(?:week|lesson) \d+|lo (?:de esta semana)?|eso|esto|la (?:tarea|actividad|lecci[oó]n))\b)|(?:lo )(?:hicimos|hice|terminamos|termin[eé]|complet[eé])|took care of (?:it|this|that)|(?:taken|took) care of|got (?:it|this|that) done|knocked (?:it|this|that) out|wrapped (?:it|this|that) up|(?:checked|crossed|knocked) (?:(?:it|this|that)(?: one)?|this week) (?:off|out)|(?<!has |have )had (?:it|ours)(?= *(?:on )?(?:⟦|$))|wrapped up(?= *(?:⟦|$))|(?:it|this|that|this one|week \d+|lesson \d+|exercise|all|everything|both|task|activity)(?:'s| is| are| was| has been)? (?:now |all |finally |already |been )?(?:done|completed?|finished|taken care of)|(?:it|that|this) (?:all )?(?:happened|worked out|came off|went(?! to\b))(?: (?:really|very|pretty|so|super|well|great|fine|smoothly|good|ok|okay|off))*|(?<=^(?:and |all |so |everything |things )?)went (?:really |very |pretty )?(?:well|great|smoothly|good|fine)|(?:we|i)(?:'re|'m| are| am|'ve| have) (?:now |all |finally )?(?:done|finished|completed)(?= *(?:⟦|$| (?:on|with (?:it|this|that|this one|week \d+|lesson \d+))\b))|all done|done(?= (?:and|y) (?:\w+ed|sent|filed)\b)|(?<!be |get |getting |well |nicely |been |have |what's |whats |when |not |half |being )done(?= *(?:⟦|$| (?:on|with (?:it|this|that|this one|week \d+|lesson \d+)|deal|and dusted|as of|by phone|over|at|together|in person|here|via)\b))|completed?(?= *(?:⟦|$))|finished(?= *(?:⟦|$))|mission accomplished|est[aá] hecho|ya est[aá]|hecho(?= *(?:⟦|$| (?:el|ayer|hoy)))|ya lo hicimos)(?![\p{L}])/gu;
