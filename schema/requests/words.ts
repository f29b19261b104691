import type { FieldReader } from '../record/field-reader.ts'
import { SECTIONS } from '../record/sections.ts'

/** Of what is written in a request; longer is a letter, and goes as a message. */
const MAX_WORDS = 2000

/** What was written to the other side, where something must be said. */
export const wordsIn = <Name extends string>(read: FieldReader, field: Name) =>
  ({ [field]: read.text(field, MAX_WORDS) }) as Readonly<Record<Name, string>>

export const optionalWords = <Name extends string>(read: FieldReader, field: Name) =>
  read.optionalText(field, MAX_WORDS)

/** Declined, and why. */
export const reasonIn = (read: FieldReader) => wordsIn(read, 'reason')
export const optionalReason = (read: FieldReader) => optionalWords(read, 'reason')
/** Nothing is said beside the step itself. */
export const saysNothing = () => ({})

/** An entry of the patient's record, with its words as they stood: the other side may not see the record. */
export const entryIn = (read: FieldReader) => ({
  entryId: read.entryId('entryId'),
  title: read.text('title'),
  ...read.optionalChoice('section', SECTIONS),
  ...read.optionalText('when'),
  ...read.optionalText('value'),
})
