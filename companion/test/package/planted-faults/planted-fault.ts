/** A mistake that somebody could make in the package, and the check that must find it. */
export interface PlantedFault {
  name: string;
  /** Relative to `force-app/main/default`; a path that begins with `/` is relative to the project. */
  file: string;
  /** What is replaced; the whole file where it is null. */
  from: string | null;
  /** By what; null removes the file. */
  to: string | null;
  rule: string;
}
