import { isTimeZone } from "../core/instant.ts";
import { OTHER_ZONES, US_ZONES, WEEKDAYS, zoneWords } from "../core/wording.ts";
import { type OptionGroup, SelectField, TextField } from "./form-fields.tsx";
import type { FieldError } from "./page-frame.tsx";
import { readTime } from "./slot-fields.ts";

export interface SlotAnswers {
  readonly weekday: string;
  readonly time: string;
  readonly time_zone: string;
}

/** Weekday, time and zone, as both the sign-up form and the partner's own page ask for them. */
export function SlotFieldset(props: {
  readonly values: SlotAnswers;
  readonly errors?: readonly FieldError[];
}) {
  const { values, errors = [] } = props;
  return (
    <>
      <SelectField
        name="weekday"
        label="Day"
        value={values.weekday}
        errors={errors}
        options={WEEKDAYS.map((label, index) => ({ value: String(index + 1), label }))}
        short
      />
      <TextField
        name="time"
        label="Time"
        type={timeFieldFor(values.time)}
        value={values.time}
        errors={errors}
        short
      />
      <SelectField
        name="time_zone"
        label="Time zone"
        value={values.time_zone}
        errors={errors}
        options={zoneGroups(values.time_zone)}
      />
    </>
  );
}

/** A time field shows nothing but a time; a text field keeps what else was typed, so that it can be mended. */
function timeFieldFor(typed: string): "time" | "text" {
  return typed === "" || readTime(typed) === typed ? "time" : "text";
}

/** A zone that is chosen but not listed (an old name such as `US/Eastern`) stays chosen. */
function zoneGroups(chosen: string): readonly OptionGroup[] {
  const unlisted = isTimeZone(chosen) && !(chosen in US_ZONES) && !OTHER_ZONES.includes(chosen);
  return [
    ...(unlisted ? [group("Chosen now", [chosen])] : []),
    group("United States", Object.keys(US_ZONES)),
    group("Other places", OTHER_ZONES),
  ];
}

function group(label: string, zones: readonly string[]): OptionGroup {
  return { label, options: zones.map((value) => ({ value, label: zoneWords(value) })) };
}
