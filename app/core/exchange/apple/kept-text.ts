/** What FHIR allows in no text (https://hl7.org/fhir/R4/datatypes.html#string), and XML neither. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g

/** A text of the file to be kept, at most `max` characters: a piece of a long text would keep all of it in memory. */
export function keptText(text: string, max = 500): string {
  return ` ${text.slice(0, max)}`.slice(1).replace(NO_TEXT, '')
}
