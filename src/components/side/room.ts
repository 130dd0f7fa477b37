/** 'beside': columns right of the drawing. 'below': the log under it, details beside it. 'over': details take its place. */
export type SideRoom = 'beside' | 'below' | 'over';

/** Which of them a pane of that width (px) has room for, so that the drawing stays wide enough to be read. */
export function sideRoom(paneWidth: number): SideRoom {
  return paneWidth >= 940 ? 'beside' : paneWidth >= 700 ? 'below' : 'over';
}
