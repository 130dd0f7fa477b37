import { atPrompt, useApp } from '../../state/app.ts';

/** Ways into the active terminal for the rest of the page: chips and the try list type, the key row sends keys. */
export interface ActiveTerminal {
  type(data: string): void;
  focus(): void;
  latchCtrl(release: ((on: boolean) => void) | undefined): void;
}

let active: ActiveTerminal | undefined;

export function setActiveTerminal(terminal: ActiveTerminal | undefined): void {
  active = terminal;
}

/** Puts a command at the prompt, in place of what stood there; Enter runs it. False where no shell would take it. */
export function typeCommand(command: string): boolean {
  if (!active || !atPrompt(useApp.getState())) return false;
  active.type(`\x05\x15${command}`);
  active.focus();
  return true;
}

export const activeTerminal = (): ActiveTerminal | undefined => active;
