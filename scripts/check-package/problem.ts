/** Something in the package that an org would refuse, or that its users would miss. */
export interface Problem {
  /** Relative to the project. */
  file: string;
  /** 1 is the first; 0 where the whole file is meant. */
  line: number;
  /** The check that found it, as `metadata/unknown-tag`. */
  rule: string;
  message: string;
}

/** One line for a person, in the form that editors turn into a link. */
export function formatProblem({ file, line, rule, message }: Problem): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return `${place}  ${message}  [${rule}]`;
}
