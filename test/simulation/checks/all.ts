import type { CreateCheck } from "./check.ts";
import { consentIsReadAfterClaim, notNowIsNoDoubt, twoTriesAtMost } from "./claims.ts";
import {
  bounceIsKept,
  latestActHolds,
  mailFindsItsHolder,
  onlyTheirBounce,
  onlyTheirOwn,
  stopIsKept,
} from "./consent.ts";
import { foundWhenDue } from "./finding.ts";
import {
  lessonsKeepTheirDistance,
  nobodyStandsStill,
  noLessonIsEarly,
  noLessonIsSkipped,
  plannedIsDue,
} from "./lessons.ts";
import { everyLetterIsAnswered, everyLetterIsRead, loggedOnce } from "./letters.ts";
import {
  answersAreFew,
  itemsKeepTheirDistance,
  oneAnswerALetter,
  quietHoursAreKept,
} from "./manners.ts";
import {
  everyKeyEnds,
  heldIsSeen,
  markedOnlyIfSent,
  newsIsToldOnce,
  nothingIsStuck,
  secondSendIsTold,
  sentAtMostOnce,
} from "./once.ts";
import { backlogIsGone, lanesClose } from "./outage.ts";
import { paceIsKept } from "./pace.ts";
import {
  deadLettersAreCleared,
  noMailIsMissing,
  oneCoupleOnePair,
  onlyExpectedFailures,
  pairAndLedgerAgree,
  startsOnce,
} from "./pairs.ts";
import {
  atMostOneMore,
  editionIsFixed,
  eventsEndAlike,
  handedUnderOwnClaim,
  retriedOnlyWhenCaughtUp,
} from "./sending.ts";
import { onlyPeopleResume, stormPauses } from "./storm.ts";
import { sameWallTime } from "./wall-time.ts";
import { noWeekIsLost } from "./weeks.ts";

/** Everything that must hold in every run. docs/SIMULATION.md lists them by the faults they watch over. */
export const ALL_CHECKS: readonly CreateCheck[] = [
  sentAtMostOnce,
  newsIsToldOnce,
  secondSendIsTold,
  markedOnlyIfSent,
  everyKeyEnds,
  plannedIsDue,
  heldIsSeen,
  nothingIsStuck,
  foundWhenDue,
  handedUnderOwnClaim,
  consentIsReadAfterClaim,
  twoTriesAtMost,
  notNowIsNoDoubt,
  retriedOnlyWhenCaughtUp,
  editionIsFixed,
  eventsEndAlike,
  atMostOneMore,
  paceIsKept,
  lanesClose,
  backlogIsGone,
  stormPauses,
  onlyPeopleResume,
  stopIsKept,
  latestActHolds,
  onlyTheirOwn,
  onlyTheirBounce,
  bounceIsKept,
  mailFindsItsHolder,
  noLessonIsSkipped,
  lessonsKeepTheirDistance,
  sameWallTime,
  noWeekIsLost,
  noLessonIsEarly,
  nobodyStandsStill,
  itemsKeepTheirDistance,
  quietHoursAreKept,
  answersAreFew,
  oneAnswerALetter,
  loggedOnce,
  everyLetterIsRead,
  everyLetterIsAnswered,
  startsOnce,
  pairAndLedgerAgree,
  noMailIsMissing,
  oneCoupleOnePair,
  onlyExpectedFailures,
  deadLettersAreCleared,
];
