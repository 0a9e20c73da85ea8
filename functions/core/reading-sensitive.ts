/**
 * Does a text hold what could identify or locate a person served, or an investigation?
 *
 * Meant to flag rather than miss: the flag costs the sender a plain note, nothing more. Names of
 * partners cannot be told from names of clients, so it is the role beside the name that counts.
 * Work signatures and legal footers are cut off before.
 */
export function isSensitive(text: string): boolean {
  const plain = text
    .replace(SIGNED_IN_LINE, "")
    .replace(HARMLESS_TERMS, (term) => " ".repeat(term.length));
  return (
    IDENTIFIERS.some((pattern) => pattern.test(plain)) ||
    tellsOfPerson(plain) ||
    OPERATION.test(plain)
  );
}

/** "Done! - Sgt. T. Brooks, Badge 4471, 555-0142": how some sign, in the line itself. */
const SIGNED_IN_LINE =
  /\s-+ ?(?:sgt|det|lt|ofc|officer|capt|cpl|sergeant|detective|lieutenant|deputy|trooper|inv|investigator|agent|advocate)\b[^\n]{0,200}$/iu;

/** Job titles and our own words, in which "case", "client" and "victim" name nobody. */
const HARMLESS_TERMS =
  /\b(?:case (?:manager|work(?:er)?|management|load|talk|details?|names?|numbers? (?:or|and)|specifics|law|stud(?:y|ies)|conference|review team)|caseworkers?|caseloads?|case-by-case|in case|in any case|just in case|the case (?:that|for)|client (?:services|advocates?|relations|intake|engagement|confidentiality|privacy|choice)|(?:special |crime )?victims?['’]? (?:unit|services|advocates?|assistance|specialist|compensation|witness|impact)|svu|survivor[- ](?:leaders?|led|centered|informed|advocates?)|victim[- ](?:centered|advocates?|services|witness|specialist|assistance)|child advocacy|youth (?:services|bureau|officer|worker|program)|minor (?:issue|thing|change|edit|detail|tweak|point|delay|problem|hiccup|update|correction|snag)s?|witness (?:services|advocate)|suspect (?:that|it|we|i|this|he will|she will|they)|i suspect|no (?:clients?|survivors?|victims?|cases?|names?) (?:names?|mentioned|discussed|details?|involved)?|(?:any|a real|real|never a real|shared|first|a) cases?\b|cases in general|before a case)\b/giu;

const STREET =
  "(?:[Ss]treet|[Ss]t|[Aa]venue|[Aa]ve|[Rr]oad|[Rr]d|[Bb]oulevard|[Bb]lvd|[Dd]rive|[Dd]r|[Ll]ane|[Ll]n|[Cc]ourt|[Cc]t|[Pp]lace|[Pp]l|[Hh]ighway|[Hh]wy|[Pp]arkway|[Pp]kwy|[Tt]errace|[Ww]ay|[Rr]ow|[Cc]ircle|[Cc]ir|[Ll]oop|[Tt]rail|[Tt]rl|[Ss]quare|[Pp]ike|[Cc]rescent|[Aa]lley|[Tt]urnpike|[Hh]eights|[Ee]xtension|[Rr]oute)";
/** What stands before a street where somebody can be found. */
const HOME =
  "(?:placed|house|home|apartment|apt|trailer|motel|hotel|room|shelter|safe ?house|refuge|place|lives?|lived|living|stays?|stayed|staying|moved|hiding|located|relocated|address)";
const IDENTIFIERS: readonly RegExp[] = [
  /\b\d{3}[- ]\d{2}[- ]\d{4}\b/, // social security number
  /(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\b\d{3}[ .-])\d{3}[ .-]\d{4}\b|\b\d{10}\b|\b\d{3}[-.]\d{4}\b/, // phone
  /[^\s@<>()]{1,64}@[^\s@<>()]{1,100}\.[a-z]{2,}/i, // e-mail address
  /\bA(?:[- ]|\s?#\s?(?:is )?)?\d{2,3}[- ]?\d{3}[- ]?\d{3}\b/, // alien registration number
  /\b(?:d\.?o\.?b\.?|date of birth|birth ?date|born (?:on|in)|fecha de nacimiento|naci[oó] (?:el|en))\b/i,
  /\b(?:case|docket|incident|complaint|file|arrest|warrant|report|index|indictment|petition|visa|ticket|cr|ir|caso|expediente|denuncia)\s?(?:no\.?|num(?:ber)?|n[uú]mero|#|:)?\s?(?:is |es )?[:#]?\s?(?=[A-Za-z-]{0,6}\d)[A-Za-z]{0,5}[-/ ]?\d{2,}[-/\d]*/i,
  /(?<![\w-])#\s?\d{2,4}-\d{2,8}\b|\b(?:cr|ir|cv|fa|ind|cc|pd|rpt)[-# ]?\d{2,4}-\d{2,8}\b|\b(?:19|20)?\d{2}-(?:[A-Z]{1,4}-)\d{2,8}\b|(?<![\d/-])\b\d{2}-\d{4,7}\b(?![-/\d])/i, // docket number
  new RegExp(
    `\\b\\d{1,5} (?:[NSEW]\\.? |north |south |east |west )?(?:[A-Z][\\w'.]+ |\\d{1,3}(?:st|nd|rd|th) ){1,3}${STREET}\\b`,
  ),
  new RegExp(
    `\\b${HOME}(?: \\p{Ll}+){0,3}? (?:on|at|off|near|in|to) (?:the )?(?:\\p{Lu}[\\p{L}'.]+ ){1,3}${STREET}\\b`,
    "u",
  ),
  /\b(?:calle|avenida|av\.|carrera|colonia) \p{Lu}\p{Ll}+(?: \p{L}+)? ?(?:#|n[uú]m\.?|n[uú]mero|no\.)? ?\d|\b(?:el|al) \d{1,5} de (?:la )?(?:calle|avenida|av\.)/iu,
  /\b(?:shelter|safe ?house|refugio)(?:'s)? (?:address|location|is (?:at|on|in)|at \d|on \p{Lu})/u,
  /\b(?:apt|apartment|unit|room|rm|suite)\.? ?#?\d{1,4}\b.{0,40}\b(?:motel|hotel|inn|she|he|her|him|client|girl|staying)\b|\b(?:motel|hotel|inn)\b.{0,40}\b(?:room|rm)\.? ?#?\d/i,
  /\bplates?\b.{0,30}\b[A-Z0-9]{2,4}[- ]?\d{3,4}\b/,
  /\b(?!(?:I|US|NY|NJ|CT|PA|RT|RTE|SR|CO|PO|HWY|PM|AM)[- ])[A-Z]{2,4}-\d{3,7}\b/,
  /\b(?:client|victim|survivor|resident|patient|suspect|witness|subject)s? (?:id|no\.?|num(?:ber)?|#)\s?#?\s?\d/i,
  /\b\p{Lu}[\p{L}-]+['’]s (?:new |old |home |current |real |full )?(?:address|apartment|school|phone number|whereabouts|location|motel|room|bed|placement|birthday|foster|statement|visa)\b/u,
  /\baddress(?:es)? (?:is|was|are|:) ?\d/i,
  /\b(?:licen[cs]e )?plates? (?:is |number |no\.? |# ?)?[A-Z]{2,3}[- ]?\d{3,4}\b/i,
  /\b(?:passport|license|medicaid|ssn|social security|id) (?:no\.?|number|#)\s?:?\s?[A-Z]?\d{4,}/i,
];

/** Initials that belong to offices, places and times of day. */
const NO_INITIALS =
  "(?!(?:[AP]\\.M|D\\.A|P\\.D|P\\.S|U\\.S|N\\.[YJ]|D\\.C|V\\.A|S\\.A|R\\.N|E\\.R|I\\.D|C\\.O|P\\.O|T\\.F|J\\.D|O\\.K)\\b)";
/** Capitalised words with a number behind them that are nobody's name and age. */
const COUNTED_WORDS =
  "(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Week|Lesson|Step|Tip|Box|Unit|Room|Route|District|Precinct|Badge|Car|Zone|Area|Day|Part|Exit|Level|Floor|Troop|Done|DONE|Met|Coffee|Lunch|Call|Yes|No|The|On|At|In|We|Apt|Suite|Form|Question|Section|Item|Page|Channel|Studio|Engine|Squad|Shift|Group|Team|Region|Ward|Line)\\p{L}*)";

/** Initials, a first name, or a name with the initial of another. */
const NAMED_SOMEHOW = `(?:${NO_INITIALS}\\p{Lu}\\. ?\\p{Lu}\\.?|${COUNTED_WORDS}\\p{Lu}\\p{Ll}+(?: \\p{Lu}(?:\\.|\\p{Ll}+))?)`;

/** Roles somebody has only in our readers' work, and words for anybody. */
const SERVED =
  "client|survivor|victim|vic|vics|witness|suspect|trafficker|pimp|defendant|perpetrator|abuser|offender|informant|ci|runaway|juvenile|complainant|patient|client[ea]|v[ií]ctima|sobreviviente|testigo|sospechos[oa]";
const ANYBODY =
  "minor|girl|boy|kid|child|teen(?:ager)?|young (?:woman|man|lady|person|mother|girl|boy)|dancer|waitress|masseuse|(?:pregnant |single |teen )?mother|woman|(?<!shelter |desk |probation |hotline |advocate |agency |front office )lady|man|guy|resident|target|niñ[ao]|menor|muchach[ao]|joven|mujer";
const TELLING =
  "(?:we|i|who|that|with|works?|lives?|wants?|needs?|stays?|goes|says|will|can|keeps?|from|at|in|on|near|named|called|she|he|they|was|is|has|had|got|ran|told|said|que|de|fue|est[aá])";
const RELATION =
  "(?:(?:\\w+ )?(?:kids|children)|husband|wife|boyfriend|girlfriend|mother|father|mom|mum|dad|sister|brother|son|daughter|baby|cousin|uncle|aunt|stepfather|stepmother|grandmother|fianc[eé]e?|ex|roommate|landlord|employer)";

/** A name that is no partner's: nothing else tells it from one. */
const FULL_NAME = "\\p{Lu}[\\p{L}'-]+(?: (?:\\p{Lu}\\.?|\\p{Lu}[\\p{L}'-]+))?";

const PERSONAL: readonly RegExp[] = [
  // "young Maria, whose stepfather ...", "Maria Lopez, the dancer from ...", "Maria, who is 17"
  new RegExp(
    `\\b(?:[Yy]oung|[Ll]ittle|[Pp]oor) ${FULL_NAME}|(?<![\\p{L}])${FULL_NAME}, (?:whose (?:${RELATION})|who(?:'s| is| was| turned| just turned| will be) (?:only |just |about |now )?(?:\\d|pregnant|missing|hiding|staying|living)|aged?\\b|born\\b|the (?:\\p{Ll}+ )?(?:girl|boy|woman|mother|dancer|waitress|survivor|victim|client|runaway|resident)(?![\\p{L}]))`,
    "u",
  ),
  /\b(?:stay(?:s|ed|ing)?|liv(?:es|ed|ing)|plac(?:ed|ing)|hous(?:ed|ing)|shelter(?:ed|ing)|came|sleeps|been|brought|safe)(?: back)? (?:with|to|in|at) (?:us|our (?:shelter|safe ?house|unit|house|program|emergency|third|second))\b(?! (?:for (?:the|a|our) )?(?:training|meeting|talk|coffee|lunch|office|staff))|\bin our (?:unit|shelter|safe ?house|house|bed|room|apartment)s? (?:\d|on |at |near |#)|\bwhich of our (?:houses|shelters|beds|units)\b/iu,
  /\b(?:t(?:hir|wen)teen|(?:four|fif|six|seven|eigh|nine)teen|twelve|eleven|ten|nine|eight|twenty(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)[- ]years?[- ]olds?\b/i,
  /\bborn (?:in |on )?\(?(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))/i,
  new RegExp(
    `(?<![\\p{L}])(?:my|our|her|his|their|your|this|that|another|same|new|one|mi|nuestr[oa]|su|est[ae]) (?:[\\w'-]+ ){0,3}?(?:${SERVED})(?![\\p{L}])`,
    "iu",
  ),
  new RegExp(
    `(?<![\\p{L}])(?:the|el|la) (?:\\w+ ){0,2}?(?:${SERVED}|${ANYBODY})(?:['’]s| ${TELLING})(?![\\p{L}])`,
    "iu",
  ),
  new RegExp(
    `(?<![\\p{L}])(?:an?|una?) (?:\\w+ ){0,2}?(?:${SERVED}|${ANYBODY}) (?:we|i|who|from|named|called|she|he|told|said|got|ran|of (?:mine|ours)|que|de)(?![\\p{L}])`,
    "iu",
  ),
  new RegExp(`\\bone of (?:my|our|the|her|his|their) (?:\\w+ )?(?:${SERVED}|${ANYBODY})s`, "iu"),
  new RegExp(
    `\\b(?:discussed|talked about|mentioned|brought up|went over|shared about) (?:an?|the|this|that|her|his|their) (?:\\w+ )?(?:${SERVED}|case|investigation)(?![\\p{L}-])`,
    "iu",
  ),
  new RegExp(
    `(?<![\\p{L}])(?:${SERVED})['’]s (?:address|name|phone|number|kids?|children|family|car|house|home|mother|father|story|statement|birthday|location)`,
    "iu",
  ),
  new RegExp(
    `\\b(?:relocat|plac|mov|transport|interview|hous|pick|driv|meet|visit|shelter|arrest|rescu|recover|hid|driv|shelter|staff)(?:ing|ed|e|den)(?: up)? (?:an?|two|three|some|the|my|our) (?:\\w+ )?(?:${SERVED}|girl|boy|minor|teen|juvenile)s?(?![\\p{L}])`,
    "iu",
  ),
  /\b(?:the|these|those|our(?! kids| boys| children)|my(?! kids| boys| children| sisters| brothers)|both(?! our| my)|two|three|four|all) (?:two |three |four )?(?:sisters|girls|boys|kids|women|minors|teens|juveniles|children|brothers) (?:from|in|at|we|who|that|you|she|he)\b/i,
  new RegExp(
    `(?<![\\p{L}])(?:${SERVED}|${ANYBODY}),? \\(?(?:age |aged )?1?\\d\\b(?! (?:min|hours|days|weeks|times|of|am|pm|[ap]\\.m))`,
    "iu",
  ),
  /\b\p{Lu}\p{Ll}+'s (?:aunt|uncle|mom|mother|boyfriend|girlfriend|pimp|ex|abuser|foster|guardian|trafficker|grandmother)\b/u,
  /\b(?:bring|pick|drop|take)(?:ing)? (?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{Lu}\p{Ll}+ (?:in|up|to (?:the|a) (?:er|hospital|shelter|clinic|station|airport|bus))\b/u,
  /\b(?:who|that) (?:ran(?: away)?|escaped|fled|got away) from\b|\bthe only (?:\p{L}+[ -]){0,3}\p{L}+ (?:we|i) (?:serve|house|work with)\b/iu,
  /\brunning (?:girls|women|kids|minors)\b|\b(?:the|our|that) \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+ (?:job|case|matter|thing|investigation|operation)\b|\bwarrant's\b/u,
  /\b(?:[Ll]ast seen|[Ww]hereabouts|wearing a wire)\b|\bCI\b/,
  /\b(?:current|open|pending|active|ongoing|recent|new) (?:case|investigation)\b/i,
  /\b(?:her|his|their) (?:real |full |first |last )?name is\b|\b(?:she|he)(?:'s| is| was) (?:only |just |about |now )?1?\d\b(?! (?:minutes|hours|weeks|days))/i,
  /\b(?:she|he) (?:lives|stays|lived|stayed|sleeps) (?:on|in|at|near|with)\b/i,
  /\b(?:about|regarding|re:?|named) \p{Lu}\p{Ll}+ \p{Lu}\.(?=[\s,.]|$)/u,
  /(?<![\p{L}.])\p{Lu}\p{Ll}+ \p{Lu}\. (?:is|was|left|ran|disclosed|needs|wants|asked|lives|stays|moved|escaped|returned|relapsed|turned|testified|recanted|has been)\b/u,
  new RegExp(
    `\\b(?:on|about|re|for|regarding|named|with|from) ${NO_INITIALS}\\p{Lu}\\. ?\\p{Lu}\\.?(?![\\p{L}.])(?!,? (?:and i|from|at)\\b)`,
    "u",
  ),
  new RegExp(
    `(?<![\\p{L}.])${NAMED_SOMEHOW}(?: \\((?:age |aged )?\\d{1,2}\\)|, (?:age |aged )?\\d{1,2}(?=,| y| who\\b|\\.?$))`,
    "mu",
  ),
  /(?<![\p{L}.])\p{Lu}\p{Ll}+ \p{Lu}\.?['’]s\b/u,
  /\b(?:release|consent|authorization|order of protection|housing|placement|visa|petition|bed|services|intake|referral|statement|interview)(?: \p{Ll}+){0,3} (?:for|of|from|with) \p{Lu}\p{Ll}+ \p{Lu}/u,
  new RegExp(
    `\\b\\p{Lu}\\p{L}+ ${STREET}\\.? (?:house|home|apartment|place|shelter|motel|location|address)\\b`,
    "u",
  ),
  /\b(?:she|he)(?:'s| is) (?:now )?(?:at|in|with) (?:the|a|her|his|our) (?:\p{L}+ ){0,3}(?:house|shelter|motel|hotel|hospital|safe ?house|apartment|trailer|er|detox|rehab)\b/iu,
  /\b(?:intake|case (?:file|notes?)|forensic interview|rape kit|(?:police|incident) report|rap sheet|mug ?shot) (?:notes? |forms? |interview )?(?:on|about|for|of|with) (?:\p{Lu}|an? |her\b|him\b|the (?:girl|boy|woman|victim|client|kid))/u,
  /\b(?:the|that) \p{Lu}\p{Ll}+ (?:family|kids?|girls?|boys?|child(?:ren)?|bab(?:y|ies)|woman|wom[ae]n|man|mom|mother|sisters?|brothers?|twins|house(?:hold)?|matter|referral|intake|file)\b|\bthe (?:mom|mother|dad|father|husband|boyfriend|girlfriend|grandmother|kid|kids|girl|boy|baby|sister|brother|aunt|uncle|stepdad|landlord) (?:works?|lives?|is|was|has|had|said|told|moved|goes|stays|drives|called|wants|came|who|at|in|from)\b|\b(?:she|he|who) (?:works|goes to (?:school|church|work)|drives|dances) (?:at|on|in|near|a|the)\b|\b(?:el )?caso (?:de|del|sobre) (?:la |el )?(?:señor(?:a|ita)? |sra?\.? )?\p{Lu}\p{Ll}+|\b(?:[Ss]eñor(?:a|ita)|[Ss]ra\.?) \p{Lu}\p{Ll}+|\b[Ww]orked on \p{Lu}\p{Ll}+['’]s (?:intake|case|visa|release|file)/u,
  /(?<!\d)\b1?\d[- ]?(?:years?[- ]?old|y\/?o|yr[- ]?old|yrs? old)\b|\b(?:[2-6]\d)[- ]?(?:years?[- ]?old|y\/?o|yr[- ]?old)\b|\baged? (?:of )?\d{1,2}\b|\bde \d{1,2} años\b/i,
  new RegExp(
    `\\b(?:her|his|their|whose) (?!(?:kids|children|mother|mom|father|dad|son|daughter|wife|baby)\\b(?!['’]s?\\s(?:house|place|apartment|address|phone|car|name)))${RELATION}\\b`,
    "i",
  ),
  /\b(?:mr|mrs|ms|miss)\.? \p{Lu}\p{Ll}*\.?'?s? (?:case|matter|file|situation|intake|interview|hearing|kids|children|release|statement|family)\b/iu,
  /\b(?:[Mm]rs|MRS|Miss)\.? \p{Lu}/u,
  /\b\p{Lu}\p{Ll}+(?:'s)? (?:case|investigation|matter|trial|arrest|interview|intake|hearing)\b(?<!\b(?:In|At|After|Before|During|Since|Until|With|Without|From|By|To|Jury|Big|Long|Another|Det|Detective|Officer|Sgt|Sergeant|Still|Back|The|This|That|Any|Each|Our|Your|My|No|One|First|Every|Real|Shared|Cold|Intro|Open|New|Client|Future|Next|Same|His|Her|Their|For|On|A|Of|Police|Joint|Human|Active|Current|Ongoing|Recent) (?:case|investigation|matter|trial|arrest|interview|intake|hearing))/u,
  /\b(?:initials|nickname|alias|goes by|street name)\b/i,
  /\b(?:from|in|at|of) (?:the )?(?:safe ?house|shelter) (?:on|at|in|near) \p{Lu}/u,
  /\b(?:she|he|they)(?:'s| is| was| are| were)? (?:now )?(?:staying|living|hiding|being held|placed|housed|working|located) (?:at|in|on|with|near)\b|\b(?:staying|hiding|housed) (?:at|in) (?:the|a) (?:motel|hotel|inn|house|apartment|shelter)\b/i,
  /\b(?:motel|hotel|massage (?:parlor|place|shop|spa)|spa|truck stop|nail salon|brothel|stash house)\b.{0,40}\b(?:on|off|near|in|at) (?:\p{Lu}|route|rte?|exit|i-\d)/iu,
  /\b(?:undocumented|visa status|t[- ]visa|u[- ]visa application|hiv|overdos\w*|arrested|testif(?:y|ied|ies|ying)|disclosed|recanted|(?:went|gone|is|reported) missing|was (?:assaulted|raped|trafficked))\b|\b(?:she|her|client|victim|survivor|girl|patient)\b.{0,30}\bpregnant\b/iu,
];

function tellsOfPerson(text: string): boolean {
  return PERSONAL.some((pattern) => pattern.test(text)) || namesPerson(text);
}

const ROLE = new RegExp(`(?<![\\p{L}])(?:${SERVED}|${ANYBODY})(?![\\p{L}])`, "giu");
const NAME =
  /^,? (?:(?:named|called|is|was|initials|llamad[ao]) )?\(?"?(?:\p{Lu}\p{Ll}+|\p{Lu}\.|\p{Lu}{2,3}(?![\p{L}]))/u;
/** Capitalised words behind a role that are no name. */
const NO_NAME =
  /^,? \(?(?:I|We|She|He|They|It|The|This|On|In|At|And|But|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|MOU|OK|DONE|Services|Advocate|Unit)(?!\p{L})/u;

/** "Client Maria", "the survivor (J.R.)": a role with a name or initials behind it. */
function namesPerson(text: string): boolean {
  return [...text.matchAll(ROLE)].some((match) => {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 60);
    return NAME.test(rest) && !NO_NAME.test(rest);
  });
}

const OPERATION =
  /\b(?:raid(?:s|ed|ing)?|sting|the buy|(?:buy|op|sweep) (?:at|on|is|goes|went) (?:the |down|at |set|on )|go(?:es|ing) down (?:on |at |this )?(?:\d|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun))|take-?down|bust(?:ed|ing)?|surveillance|undercover|wiretap|(?:executing|serving|running) (?:a|the|an) (?:search|warrant|op(?:eration)?|detail)|stake-?out|(?:search|arrest) warrants?|a warrant(?! (?:application|looks|works|process|takes|is)\b)|warrants? (?:for|on|at|tomorrow|today|tonight|this|next|service)|operation (?:\p{Lu}\w+|is|at|on|tomorrow|tonight|next|this)|grand jury|indict(?:ed|ment)?|confidential informant|sealed|buy-?bust|controlled (?:buy|call)|(?:we|they|swat|i|team)(?:'re|'ll| are| will)? hit(?:ting)? (?:the|a)|hitting (?:the|a) (?:house|motel|hotel|spa|place)|redada|allanamiento|operativo)\b/iu;
