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

/** Puts a command at the prompt, in place of what stood there; Enter runs it. */
export function typeCommand(command: string): void {
  active?.type(`\x05\x15${command}`);
  active?.focus();
}

export const activeTerminal = (): ActiveTerminal | undefined => active;
