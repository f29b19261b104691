import type { Contact, EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import type { Section } from '#schema/record/sections.ts'
import { currentOf } from './doctor-sheet.ts'

export const CARD_SECTIONS: readonly Section[] = ['allergies', 'medicines', 'problems', 'care-team', 'about-me']

export const CARD_PARTS = ['allergies', 'medicines', 'problems', 'contacts'] as const
export type CardPart = (typeof CARD_PARTS)[number]

/** One line that can be on the card. */
export interface CardItem {
  readonly key: string
  readonly part: CardPart
  readonly text: string
}

/** How the words of a line are made: titles and severities in the language of the page. */
export interface CardWords {
  readonly titleOf: (facts: EntryFacts) => string
  readonly severityOf: (severity: string) => string
}

const joined = (parts: readonly (string | undefined)[], sign: string) =>
  parts.filter(part => part !== undefined && part !== '').join(sign)

function allergyText(facts: EntryFacts, words: CardWords): string {
  const severity = facts.severity === undefined ? undefined : words.severityOf(facts.severity)
  const how = joined([facts.reaction, severity], ', ')
  return how === '' ? words.titleOf(facts) : `${words.titleOf(facts)} (${how})`
}

const contactText = ({ name, relation, phone }: Contact) =>
  joined([relation === undefined ? name : `${name} (${relation})`, phone], ' ')

/** All that can be on the card, in the order in which helpers need it. `typed`: whom to call, as the person wrote it. */
export function cardItems(
  facts: readonly EntryFacts[],
  typed: readonly string[],
  words: CardWords,
): readonly CardItem[] {
  const of = (part: CardPart, list: readonly EntryFacts[], text: (each: EntryFacts) => string) =>
    list.map(each => ({ key: each.summary.id, part, text: text(each) }))
  const named = facts.flatMap(({ contacts }) => contacts ?? []).map(contactText)
  const contacts = [...new Set([...typed, ...named])]
  return [
    ...of('allergies', currentOf(facts, 'allergy'), each => allergyText(each, words)),
    ...of('medicines', currentOf(facts, 'medicine'), words.titleOf),
    ...of('problems', currentOf(facts, 'condition'), words.titleOf),
    ...contacts.map(text => ({ key: `contact ${text}`, part: 'contacts' as const, text })),
  ]
}

/** Whoever reads the code has this text and needs nothing else. */
export function cardText(
  head: readonly string[],
  parts: readonly { readonly title: string; readonly items: readonly string[] }[],
): string {
  return [
    ...head,
    ...parts.flatMap(({ title, items }) => (items.length === 0 ? [] : [`${title}: ${items.join('; ')}`])),
  ].join('\n')
}

/**
 * UTF-8 bytes that a code on a card of 54 mm still shows in modules of 0.4 mm, as every phone reads them: version 20 with error
 * correction M (ISO/IEC 18004, table 7) holds 666.
 */
const MOST_BYTES = 660

export function fitsCode(text: string): boolean {
  return new TextEncoder().encode(text).length <= MOST_BYTES
}
