/** One line of the record, in words. */
export interface IRecordLine {
  readonly name: string;
  /** Null where the archive gave nothing. */
  readonly value: string | null;
  /** A second, muted line. */
  readonly below?: string;
  /** How the value is shown, where it is no plain text. */
  readonly look?: 'strong' | 'code' | 'public' | 'proprietary';
  /** True where the value is worth a “Copy” button. */
  readonly copy?: boolean;
}
