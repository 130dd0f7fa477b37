/** Bounds of pattern matching. A pattern is text that a person wrote: it must not be able to stop the page. */

/** Steps that the host's own matcher may be estimated to take in one search; above it our own matchers run, which cannot blow up. */
export const HOST_STEPS_MAX = 50_000_000;
/** Steps per character that are always left to the host: a search in linear time is fastest there, however long the text. */
export const HOST_STEPS_PER_CHARACTER = 64;
/** Instructions of one compiled pattern: beyond it "Regular expression too big", regcomp(3)'s word for REG_ESIZE. */
export const PROGRAM_MAX = 200_000;
/** Steps of one search with back-references, which no known algorithm does in linear time; beyond it {@link RegexLimitError}. */
export const BACKTRACK_STEPS_MAX = 1_000_000;
/** Groups inside groups inside groups: beyond it "Regular expression too big". */
export const NESTING_MAX = 250;
