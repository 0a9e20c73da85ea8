/**
 * Where each page lives: forms and mailed links point here, the routes answer here.
 *
 * A GET shows a page and changes nothing; the POST to the same path acts. Forms send the token of a
 * mailed link in the body, as `token`, and what to do as `act`.
 */
export const PATHS = {
  home: "/",
  enroll: "/enroll",
  enrolled: "/enrolled",
  about: "/about",
  confirm: "/confirm",
  approve: "/approve",
  controls: "/controls",
  undo: "/undo",
  guess: "/guess",
  wasItYou: "/was-it-you",
  unsubscribe: "/unsubscribe",
  signIn: "/sign-in",
  openPartner: "/sign-in/open",
  partner: "/partner",
  ownData: "/partner/data",
  coordinatorSignIn: "/coordinator/sign-in",
  openCoordinator: "/coordinator/sign-in/open",
  coordinator: "/coordinator",
} as const;

/** The page of one pair for its coordinator. */
export function pairPath(pairId: string): string {
  return `${PATHS.coordinator}/pairs/${encodeURIComponent(pairId)}`;
}
