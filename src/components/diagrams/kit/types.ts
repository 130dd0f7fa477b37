import type { ComponentType } from 'react';
import type { MachineView, WorldView } from '../../../state/app.ts';

/** What every diagram's folder exports as `diagram`. */
export interface Diagram {
  readonly key: string;
  readonly title: string;
  /** Place among the tabs. */
  readonly order: number;
  readonly load: () => Promise<{ default: ComponentType<DiagramProps> }>;
  /** Stands in the drawing's place until that is loaded, so it is to be light. */
  readonly Waiting: ComponentType<DiagramProps>;
  /** The same facts as the drawing, for "As a table". */
  table(view: WorldView, machine: MachineView): readonly TableRow[];
  /** One sentence per change between two snapshots, for a live region. */
  say(before: MachineView, after: MachineView): readonly string[];
}

export interface DiagramProps {
  readonly view: WorldView;
  readonly machine: MachineView;
  readonly width: number;
  readonly height: number;
}

export interface TableRow {
  readonly id: string;
  readonly thing: string;
  readonly name: string;
  /** The whole name where `name` is a short one. */
  readonly title?: string | undefined;
  readonly state: string;
  readonly detail: string;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Point = readonly [x: number, y: number];
