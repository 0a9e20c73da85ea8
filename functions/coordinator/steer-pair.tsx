import { TextField } from "../adapters/form-fields.tsx";
import type { FieldError } from "../adapters/page-frame.tsx";
import { Button, DayText, PostForm } from "../adapters/page-parts.tsx";
import { pairPath } from "../adapters/page-paths.ts";
import type { Day } from "../core/instant.ts";
import { ROLES, type SeatId } from "../core/pair.ts";
import { ROLE_NAMES } from "../core/wording.ts";

/** What a coordinator can do for a pair that runs. */
export interface SteerView {
  readonly pairId: string;
  readonly seats: readonly SteeredSeat[];
}

export interface SteeredSeat {
  readonly seat: SeatId;
  /** The colleague who was named and has not answered. */
  readonly named?: { readonly email: string; readonly until: Day };
}

/** An address that was typed for a seat, and what is wrong with it. */
export interface RefusedName {
  readonly seat: SeatId;
  readonly typed: string;
  readonly errors: readonly FieldError[];
}

interface SteerPairProps {
  readonly view: SteerView;
  readonly refused?: RefusedName | undefined;
}

/** The id and name of a seat's field: a page has one for each seat. */
export function colleagueField(seat: SeatId): string {
  return `${seat}_colleague_email`;
}

/** Posts to the pair's page with `act`: `name`, `take-back` (both with a `seat`) or `review`. */
export function SteerPair({ view, refused }: SteerPairProps) {
  return (
    <>
      <h2>Name a colleague for a seat</h2>
      <p>
        We invite them at their work address. The seat changes hands when they say yes; until then
        nothing changes. Please ask their agency first.
      </p>
      {view.seats.map((seat) =>
        seat.named === undefined ? (
          <NameForm
            pairId={view.pairId}
            seat={seat.seat}
            refused={refused?.seat === seat.seat ? refused : undefined}
          />
        ) : (
          <Named pairId={view.pairId} seat={seat.seat} {...seat.named} />
        ),
      )}
      <AskForReview pairId={view.pairId} />
    </>
  );
}

interface NameFormProps {
  readonly pairId: string;
  readonly seat: SeatId;
  readonly refused: RefusedName | undefined;
}

function NameForm({ pairId, seat, refused }: NameFormProps) {
  return (
    <PostForm action={pairPath(pairId)} hidden={{ act: "name", seat }}>
      <TextField
        name={colleagueField(seat)}
        label={`${ROLE_NAMES[ROLES[seat]]}: the colleague's work email address`}
        type="email"
        value={refused?.typed ?? ""}
        errors={refused?.errors ?? []}
      />
      <Button tone="second">Invite the colleague</Button>
    </PostForm>
  );
}

interface NamedProps {
  readonly pairId: string;
  readonly seat: SeatId;
  readonly email: string;
  readonly until: Day;
}

function Named({ pairId, seat, email, until }: NamedProps) {
  return (
    <PostForm action={pairPath(pairId)} hidden={{ act: "take-back", seat }}>
      <p>
        {ROLE_NAMES[ROLES[seat]]}: {email} is invited, and can answer until{" "}
        <DayText day={until} withYear />.
      </p>
      <Button tone="second">Take this invitation back</Button>
    </PostForm>
  );
}

function AskForReview({ pairId }: { readonly pairId: string }) {
  return (
    <PostForm action={pairPath(pairId)} hidden={{ act: "review" }}>
      <h2>Ask for a review of the agreement</h2>
      <p>
        For a new law, a new policy, or a new head of an agency. The pair is asked to read their
        written agreement through. A pair that has none is not asked.
      </p>
      <Button tone="second">Ask for a review</Button>
    </PostForm>
  );
}
