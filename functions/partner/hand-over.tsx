import { TextField } from "../adapters/form-fields.tsx";
import type { FieldError } from "../adapters/page-frame.tsx";
import { Button, DayText, Notice, PostForm } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import type { Day } from "../core/instant.ts";

/** Names of the two fields an address is typed into; also their ids on the page. */
export const COLLEAGUE_FIELD = "colleague_email";
export const PARTNER_FIELD = "partner_email";

/** How a seat can be passed on, and whether somebody was named for it. */
export type HandOverView =
  | { readonly kind: "free" }
  /** In this group a coordinator names the colleague. */
  | { readonly kind: "coordinator"; readonly coordinatorEmail: string }
  | { readonly kind: "named"; readonly email: string; readonly until: Day };

interface AddressFormProps {
  /** What was typed, when something was wrong with it. */
  readonly typed?: string | undefined;
  readonly errors?: readonly FieldError[];
}

export interface HandOverProps extends AddressFormProps {
  readonly view: HandOverView;
}

/** Posts to `/partner` with `act`: `hand-over`, or `take-back` for a colleague who has not answered. */
export function HandOver({ view, typed, errors = [] }: HandOverProps) {
  return (
    <>
      <h2 id="hand-over">Hand over your seat</h2>
      {handOverBody(view, typed, errors)}
    </>
  );
}

function handOverBody(
  view: HandOverView,
  typed: string | undefined,
  errors: readonly FieldError[],
) {
  switch (view.kind) {
    case "free":
      return <NameColleague typed={typed} errors={errors} />;
    case "coordinator":
      return (
        <p>
          In your group a coordinator names the colleague who takes a seat. Write to{" "}
          <a href={`mailto:${view.coordinatorEmail}`}>{view.coordinatorEmail}</a>, or reply HANDOVER
          to any mail.
        </p>
      );
    case "named":
      return <Named email={view.email} until={view.until} />;
  }
}

function NameColleague({ typed, errors = [] }: AddressFormProps) {
  return (
    <PostForm action={PATHS.partner} hidden={{ act: "hand-over" }}>
      <p>
        Are you leaving, or changing jobs? Name a colleague. We invite them, and the seat is yours
        until they say yes. They see what you two did and when, and nothing else of yours.
      </p>
      <TextField
        name={COLLEAGUE_FIELD}
        label="Your colleague's work email address"
        type="email"
        value={typed ?? ""}
        errors={errors}
      />
      <Button tone="second">Invite my colleague</Button>
    </PostForm>
  );
}

function Named({ email, until }: { readonly email: string; readonly until: Day }) {
  return (
    <PostForm action={PATHS.partner} hidden={{ act: "take-back" }}>
      <p>
        We have invited {email}. They can answer until <DayText day={until} />. Until they say yes,
        the seat is yours and your mail goes on.
      </p>
      <p>Is the address wrong, or did your plans change? Then take it back.</p>
      <Button tone="second">Take the invitation back</Button>
    </PostForm>
  );
}

/** Posts to `/partner` with `act=correct`: once, after our invitation to the partner came back. */
export function CorrectAddress(props: AddressFormProps & { readonly failed: string }) {
  const { failed, typed, errors = [] } = props;
  return (
    <Notice title="Check your partner's address" tone="warn">
      <p>
        Our invitation to {failed} came back. Ask your partner how the address is spelled. You can
        correct it once.
      </p>
      <PostForm action={PATHS.partner} hidden={{ act: "correct" }}>
        <TextField
          name={PARTNER_FIELD}
          label="Your partner's work email address"
          type="email"
          value={typed ?? failed}
          errors={errors}
        />
        <Button>Send a new invitation</Button>
      </PostForm>
    </Notice>
  );
}
