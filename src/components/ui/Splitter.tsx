import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react';

export interface SplitterProps {
  readonly label: string;
  /** 'vertical': a bar between left and right. */
  readonly orientation: 'vertical' | 'horizontal';
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** How far the value goes per pixel: 1 for px, 1/size for a share, negative when the pane lies on the other side. */
  readonly perPixel: () => number;
  readonly style?: CSSProperties;
  readonly controls?: string;
  onChange(value: number): void;
  onReset(): void;
}

const stepPx = 16;

/** A separator between two panes: dragged, moved with the arrows by 16 px, Home and End go to the ends, a double click resets. */
export function Splitter({ label, orientation, value, min, max, perPixel, style, controls, onChange, onReset }: SplitterProps) {
  const set = (next: number) => onChange(Math.min(max, Math.max(min, next)));
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const bar = event.currentTarget;
    bar.setPointerCapture(event.pointerId);
    const at = (e: { clientX: number; clientY: number }) => (orientation === 'vertical' ? e.clientX : e.clientY);
    const start = at(event);
    const move = (e: globalThis.PointerEvent) => set(value + (at(e) - start) * perPixel());
    const up = () => {
      bar.removeEventListener('pointermove', move);
      bar.removeEventListener('pointerup', up);
      bar.removeEventListener('pointercancel', up);
    };
    bar.addEventListener('pointermove', move);
    bar.addEventListener('pointerup', up);
    bar.addEventListener('pointercancel', up);
  };
  const key = (event: KeyboardEvent) => {
    const forward = orientation === 'vertical' ? 'ArrowRight' : 'ArrowDown';
    const back = orientation === 'vertical' ? 'ArrowLeft' : 'ArrowUp';
    if (event.key === forward) set(value + stepPx * perPixel());
    else if (event.key === back) set(value - stepPx * perPixel());
    else if (event.key === 'Home') set(min);
    else if (event.key === 'End') set(max);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the widget that ARIA names for this
    <div
      role="separator"
      tabIndex={0}
      className="splitter"
      style={style}
      aria-label={label}
      aria-orientation={orientation}
      aria-controls={controls}
      aria-valuenow={Math.round(max <= 1 ? value * 100 : value)}
      aria-valuemin={Math.round(max <= 1 ? min * 100 : min)}
      aria-valuemax={Math.round(max <= 1 ? max * 100 : max)}
      onPointerDown={down}
      onKeyDown={key}
      onDoubleClick={onReset}
    />
  );
}
