import { wordsIn, type XmlElement } from '../xml/xml-element.ts'
import { type Concept, conceptOf, displaysOf, originalWords } from './data-types.ts'
import type { FhirObject } from './fhir-json.ts'
import { areInOtherLetters, nameOf, sayTheSame } from './naming.ts'
import type { Scope } from './scope.ts'

/** What somebody is allergic to or was vaccinated with, and in notes what else the document calls it. */
export interface Substance {
  readonly code: Concept | undefined
  readonly notes: readonly FhirObject[]
}

/**
 * A substance by its code and the name that stands beside it. Two names in one would be read as two substances: where the
 * document's words say something else than the code, they are a note. In another language than the code's they may well be
 * the same substance, by the only name that its reader knows: there both stand in the name. `elsewhere`: what the document
 * calls something else by, such as the reaction; the substance is never called that.
 */
export function substanceIn(
  scope: Scope,
  code: XmlElement | undefined,
  name: XmlElement | undefined,
  elsewhere: readonly string[] = [],
): Substance {
  const words = originalWords(code, scope.narrative.words)
  const own = elsewhere.some(each => each.toLowerCase() === words?.toLowerCase()) ? undefined : words
  const product = wordsIn(name)
  // A translation that the words agree with does not make up for a code that says something else.
  const named = displaysOf(code)[0] ?? product
  const { text } = nameOf(own, named === undefined ? [] : [named])
  const others = [own, product].filter(other => other !== undefined).filter(other => !sayTheSame(other, text ?? ''))
  const isTranslated = others.length > 0 && others.every(other => mayTranslate(text ?? '', other, scope))
  return {
    code: conceptOf(code, scope.narrative.words, () => (isTranslated ? `${text} (${others.join(', ')})` : text)),
    notes: isTranslated ? [] : others.map(other => ({ text: `The document calls it: ${other}` })),
  }
}

/** Whether a name may be the other in another language. */
const mayTranslate = (name: string, other: string, scope: Scope) =>
  areInOtherLetters(name, other) || !/^en\b/i.test(scope.language)
