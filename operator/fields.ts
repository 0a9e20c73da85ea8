import * as z from "zod";
import { SEATS } from "../functions/core/pair.ts";
import type { Word } from "./command.ts";

/** What several commands take, each with its words. */

export const pairField = z.string().regex(/^[a-z2-7]{16}$/, {
  error: "is no pair's id, such as abcdefgh234567ab; cg list shows them",
});

export const seatField = z.enum(SEATS, {
  error: "is no seat: sp (service provider) or le (law enforcement)",
});

/** What is done to one seat of a pair. */
export const seatOfPair = { pair: pairField, seat: seatField } as const;

export function numberField(min: number, max: number) {
  return z
    .string()
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= min && value <= max, {
      error: `must be a number from ${min} to ${max}`,
    });
}

/** A switch that was not typed is false. */
export const switchField = z.boolean().default(false);

export const PAIR: Word = { word: "<pair>", about: "the pair's id, as cg list shows it" };
export const SEAT: Word = {
  word: "<seat>",
  about: "sp (service provider) or le (law enforcement)",
};
export const PEOPLE: Word = {
  word: "--people",
  about: "with names and addresses, which are left out otherwise",
};
