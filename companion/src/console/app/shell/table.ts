import type { Reason } from '../api/shapes.ts';

export interface Column {
  label: string;
  align?: 'end';
  /** For columns that hold only buttons or boxes. */
  isLabelHidden?: boolean;
}

export interface CellButton {
  /** What the event says was pressed. */
  name: string;
  label: string;
  isBrand?: boolean;
  isDisabled?: boolean;
}

/** What a cell shows, from top to bottom; whatever is left out is not shown. */
export interface Cell {
  text?: string;
  href?: string;
  /** A state or outcome, shown as a badge. */
  state?: string | null;
  badge?: string;
  note?: string;
  code?: string;
  reason?: Reason | null;
  links?: { text: string; href: string }[];
  buttons?: CellButton[];
}

/** A cell as a table shows it in one of its columns. */
export interface ShownCell extends Cell {
  key: string;
  label: string;
  className: string;
  isHeading: boolean;
  hasBadge: boolean;
  hasText: boolean;
  shownButtons: (CellButton & { fullName: string; className: string })[];
}

export interface Row {
  id: string;
  /** Names the row to those who cannot see it: its buttons and its box say it too. */
  name: string;
  cells: Cell[];
}

export interface RowAction {
  name: string;
  rowId: string;
}
