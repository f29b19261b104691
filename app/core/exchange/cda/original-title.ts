/** What a clinical document is called that came in as a file beside what it says. */
export const ORIGINAL_TITLE = 'Original document (CDA)'
