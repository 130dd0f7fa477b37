/** So many sessions are kept besides those that tabs hold. */
export const keptMax = 40;
