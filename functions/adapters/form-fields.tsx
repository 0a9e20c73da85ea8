import type { Child } from "hono/jsx";
import type { FieldError } from "./page-frame.tsx";

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly errors?: readonly FieldError[];
}

export interface TextFieldProps extends FieldProps {
  readonly type?: "text" | "email" | "time";
  /** Only for what people enter about themselves; `off` for what they enter about somebody else. */
  readonly autocomplete?: string;
  readonly short?: boolean;
}

/** Limits are checked by us and explained, not by the browser: no `required`, no `maxlength`, paste allowed. */
export function TextField(props: TextFieldProps) {
  const { name, label, type = "text", value = "", autocomplete = "off", short } = props;
  return (
    <div class={wrapperOf(props)}>
      <label for={name}>{label}</label>
      <HintAndError {...props} />
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        autocomplete={autocomplete}
        spellcheck={false}
        class={short ? "short" : undefined}
        {...describedBy(props)}
      />
    </div>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

export interface SelectFieldProps extends FieldProps {
  readonly options: readonly (Option | OptionGroup)[];
  readonly short?: boolean;
}

export function SelectField(props: SelectFieldProps) {
  const { name, label, value, options, short } = props;
  return (
    <div class={wrapperOf(props)}>
      <label for={name}>{label}</label>
      <HintAndError {...props} />
      <select id={name} name={name} class={short ? "short" : undefined} {...describedBy(props)}>
        {options.map((entry) =>
          "options" in entry ? (
            <optgroup label={entry.label}>
              {entry.options.map((option) => choiceOf(option, value))}
            </optgroup>
          ) : (
            choiceOf(entry, value)
          ),
        )}
      </select>
    </div>
  );
}

function choiceOf(option: Option, chosen: string | undefined) {
  return (
    <option value={option.value} selected={option.value === chosen}>
      {option.label}
    </option>
  );
}

export interface RadioGroupProps extends FieldProps {
  readonly options: readonly Option[];
}

/** The first choice carries the group's id, so that the error summary leads straight to it. */
export function RadioGroup(props: RadioGroupProps) {
  const { name, label, value, options } = props;
  return (
    <fieldset class={wrapperOf(props)} {...describedBy(props)}>
      <legend>{label}</legend>
      <HintAndError {...props} />
      {options.map((option, index) => (
        <label class="choice">
          <input
            id={index === 0 ? name : `${name}-${option.value}`}
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A part of a longer form with a heading of its own. */
export function FieldGroup(props: { readonly legend: string; readonly children?: Child }) {
  return (
    <fieldset class="group">
      <legend>{props.legend}</legend>
      {props.children}
    </fieldset>
  );
}

function messageFor({ name, errors = [] }: FieldProps): string | undefined {
  return errors.find(({ field }) => field === name)?.message;
}

function wrapperOf(props: FieldProps): string {
  return messageFor(props) === undefined ? "field" : "field bad";
}

function describedBy(props: FieldProps): Record<string, string> {
  const error = messageFor(props);
  const ids = [
    ...(props.hint === undefined ? [] : [`${props.name}-hint`]),
    ...(error === undefined ? [] : [`${props.name}-error`]),
  ];
  return {
    ...(ids.length === 0 ? {} : { "aria-describedby": ids.join(" ") }),
    ...(error === undefined ? {} : { "aria-invalid": "true" }),
  };
}

function HintAndError(props: FieldProps) {
  const error = messageFor(props);
  return (
    <>
      {props.hint === undefined ? null : (
        <p class="hint" id={`${props.name}-hint`}>
          {props.hint}
        </p>
      )}
      {error === undefined ? null : (
        <p class="error" id={`${props.name}-error`}>
          <span class="vh">Error: </span>
          {error}
        </p>
      )}
    </>
  );
}
