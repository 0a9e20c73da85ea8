/** One file of the corpus and what reading it must give. */
export interface Case {
  readonly name: string;
  readonly raw: Buffer;
  readonly expected: Expected;
}

export interface Expected {
  readonly from: string | null;
  readonly messageId: string | null;
  readonly automatic: boolean;
  readonly kind: string;
  /** Left out for automatic mail, whose words nobody reads. */
  readonly text?: string;
}
