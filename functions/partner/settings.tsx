import type { Child } from "hono/jsx";
import { SelectField } from "../adapters/form-fields.tsx";
import type { FieldError } from "../adapters/page-frame.tsx";
import { Button, PostForm } from "../adapters/page-parts.tsx";
import { PATHS } from "../adapters/page-paths.ts";
import { type SlotAnswers, SlotFieldset } from "../adapters/slot-fieldset.tsx";
import type { Slot } from "../core/slot.ts";
import { SERVICE_NAME } from "../core/wording.ts";

interface ChangeSlotProps {
  readonly slot: Slot;
  readonly answers: SlotAnswers | undefined;
  readonly errors: readonly FieldError[];
}

export function ChangeSlot({ slot, answers, errors }: ChangeSlotProps) {
  return (
    <ActForm act="slot">
      <h2>Change day and time</h2>
      <p>
        It changes for both of you, and your partner is told. At least four days lie between two
        lessons.
      </p>
      <SlotFieldset values={answers ?? answersOf(slot)} errors={errors} />
      <Button>Save day and time</Button>
    </ActForm>
  );
}

function answersOf(slot: Slot): SlotAnswers {
  return { weekday: String(slot.weekday), time: slot.time, time_zone: slot.timeZone };
}

export function TakeABreak({ paused }: { readonly paused: boolean }) {
  return (
    <>
      <h2>Take a break</h2>
      {paused ? (
        <ActForm act="resume">
          <Button>Come back now</Button>
        </ActForm>
      ) : (
        <ActForm act="pause">
          <p>Lessons wait for both of you. Your partner is told that, but not why.</p>
          <SelectField name="weeks" label="For how long?" options={BREAKS} short />
          <Button tone="second">Pause my mail</Button>
        </ActForm>
      )}
      <h2>Stop</h2>
      <ActForm act="stop">
        <p>
          No more mail from {SERVICE_NAME} to your address. Your partner is told that your seat is
          open, but not why.
        </p>
        <Button tone="stop">Stop all mail</Button>
      </ActForm>
    </>
  );
}

/** `weeks` is empty for a break without an end. */
const BREAKS = [
  { value: "1", label: "1 week" },
  ...["2", "3", "4", "6", "8"].map((value) => ({ value, label: `${value} weeks` })),
  { value: "", label: "Until I come back" },
];

export function SignOut() {
  return (
    <>
      <h2>Leave this page</h2>
      <ActForm act="sign-out">
        <p>Do you share this device? Then sign out when you are done.</p>
        <Button tone="second">Sign out</Button>
      </ActForm>
    </>
  );
}

/** `act` says which of the settings the form is about; all of them post to the partner's page. */
function ActForm({ act, children }: { readonly act: string; readonly children?: Child }) {
  return (
    <PostForm action={PATHS.partner} hidden={{ act }}>
      {children}
    </PostForm>
  );
}
