import type { CardChoices, CardFace, CardFacePart, CardRecord, CardText, NoneKnown } from '#app/core/card-session.ts'
import type { Contact, EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { absenceOf } from '#schema/codes/absence.ts'
import type { Instant } from '#schema/instant.ts'
import type { EntryKind, EntrySummary } from '#schema/record/entry.ts'
import { isNoIllness } from '#schema/record/no-illness.ts'
import type { LanguageTag, PlainKey, Say } from '../../language/language.ts'
import { currentOf } from '../../record/current-of.ts'
import { formatWhen } from '../../record/format-when.ts'

/** In the order in which helpers need them. */
export const CARD_PARTS = [
  'allergies',
  'medicines',
  'problems',
  'devices',
  'blood',
  'contacts',
  'languages',
  'directives',
] as const
export type CardPart = (typeof CARD_PARTS)[number]

export const PART_TITLES = {
  allergies: 'section.allergies',
  medicines: 'section.medicines',
  problems: 'section.problems',
  devices: 'emergency.devices',
  blood: 'emergency.blood',
  contacts: 'card.contacts',
  languages: 'emergency.languages',
  directives: 'emergency.directives',
} as const satisfies Record<CardPart, PlainKey>

/** What a person writes where the record says nothing, by the part that it belongs to. */
export const PART_TEXTS = {
  blood: 'emergency-blood-group',
  contacts: 'emergency-contacts',
  languages: 'emergency-languages',
  directives: 'emergency-directives',
} as const satisfies Partial<Record<CardPart, CardText>>

/** One line of the record that can be on the card. */
export interface CardItem {
  /** By this a choice names it: no words of the record. */
  readonly key: string
  readonly part: CardPart
  readonly text: string
  readonly isPrivate: boolean
  /** On the card unless somebody took it off; any other only where somebody put it on. */
  readonly isUsual: boolean
  /** Of which entry. */
  readonly entry: EntrySummary
}

/** How the card speaks. */
export interface CardWords {
  readonly language: LanguageTag
  readonly say: Say
  /** In the record's own words; without what must be said beside it. */
  readonly titleOf: (summary: EntrySummary) => string
}

const SEVERITIES: Readonly<Record<string, 'form.allergy.mild' | 'form.allergy.moderate' | 'form.allergy.severe'>> = {
  mild: 'form.allergy.mild',
  moderate: 'form.allergy.moderate',
  severe: 'form.allergy.severe',
}

const joined = (parts: readonly (string | undefined)[], sign: string) =>
  parts.filter(part => part !== undefined && part !== '').join(sign)

/** Two people or devices changed it at once: it is said wherever its title is. */
function titleText({ isDisputed, ...summary }: EntrySummary, { titleOf, say }: CardWords): string {
  const title = titleOf(summary)
  return isDisputed === true ? say('title.disputed', { title }) : title
}

function allergyText(facts: EntryFacts, words: CardWords): string {
  const key = SEVERITIES[facts.severity ?? '']
  const how = joined([facts.reaction, key === undefined ? facts.severity : words.say(key)], ', ')
  const title = titleText(facts.summary, words)
  return how === '' ? title : `${title} (${how})`
}

/** The worst first: a helper may read no further. */
const SEVERITY_ORDER = ['severe', 'moderate', 'mild']
const severityRank = ({ severity = '' }: EntryFacts) => SEVERITY_ORDER.indexOf(severity) + 1 || 4

const contactText = ({ name, relation, phone }: Contact) =>
  joined([relation === undefined ? name : `${name} (${relation})`, phone], ' ')

/** What holds now, once each; what is private takes the place of nothing that is open. */
function current(entries: readonly EntryFacts[], kind: EntryKind): readonly EntryFacts[] {
  const [open, hidden] = [false, true].map(isPrivate =>
    currentOf(
      entries.filter(({ summary }) => (summary.isPrivate === true) === isPrivate),
      kind,
    ),
  )
  return [...(open ?? []), ...(hidden ?? [])]
}

/** All of the record that can be on the card, in the order of the card. */
export function cardItems({ entries }: CardRecord, words: CardWords): readonly CardItem[] {
  const item = (part: CardPart, { summary }: EntryFacts, text: string, more: Partial<CardItem> = {}): CardItem => ({
    key: summary.id,
    part,
    text,
    isPrivate: summary.isPrivate === true,
    isUsual: true,
    entry: summary,
    ...more,
  })
  const titled = (part: CardPart, kind: EntryKind) =>
    current(entries, kind).map(each => item(part, each, titleText(each.summary, words)))
  const allergies = current(entries, 'allergy').toSorted((a, b) => severityRank(a) - severityRank(b))
  const eachOf = (part: CardPart, each: EntryFacts, texts: readonly string[], more: Partial<CardItem> = {}) =>
    texts.map((text, index) => item(part, each, text, { key: `${each.summary.id}:${part}${index}`, ...more }))
  const people = entries.filter(({ summary }) => summary.kind === 'person')
  const team = current(entries, 'care-team-member')
  return [
    ...allergies.map(each => item('allergies', each, allergyText(each, words))),
    ...titled('medicines', 'medicine'),
    ...titled('problems', 'condition').map(each => ({ ...each, isUsual: !isNoIllness(each.entry) })),
    ...titled('devices', 'device'),
    ...bloodGroups(entries).map(each => item('blood', each, valueText(each.summary))),
    ...unlike(people.flatMap(each => eachOf('contacts', each, (each.contacts ?? []).map(contactText)))),
    ...team.flatMap(each => eachOf('contacts', each, teamLines(each, words), { isUsual: false })),
    ...unlike(
      people.flatMap(each =>
        eachOf(
          'languages',
          each,
          (each.languages ?? []).map(code => languageName(code, words)),
        ),
      ),
    ),
    ...titled('directives', 'directive'),
  ]
}

/** A doctor, a nurse: with their number where the record has it. */
const teamLines = (each: EntryFacts, words: CardWords) =>
  each.contacts?.map(contactText) ?? [titleText(each.summary, words)]

/** Several sources name the same person, each once. */
function unlike(items: readonly CardItem[]): readonly CardItem[] {
  const seen = new Set<string>()
  return items.filter(({ text }) => !seen.has(text) && seen.add(text))
}

function bloodGroups(entries: readonly EntryFacts[]): readonly EntryFacts[] {
  return entries.filter(({ summary }) => summary.section === 'results' && valueText(summary) !== '').slice(0, 2)
}

const valueText = ({ value }: EntrySummary) => (value?.type === 'text' ? value.text.trim() : '')

function languageName(code: string, { language }: CardWords): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language', fallback: 'none' }).of(code) ?? code
  } catch {
    return code
  }
}

export const isPartOn = ({ items }: CardChoices, part: CardPart): boolean => items[`part:${part}`] ?? true

/** What is private is on it by somebody's word alone. */
export const isItemOn = ({ items }: CardChoices, item: Pick<CardItem, 'key' | 'isUsual' | 'isPrivate'>): boolean =>
  items[item.key] ?? (item.isUsual && !item.isPrivate)

export const textLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

const isOfNone = (part: CardPart): part is NoneKnown =>
  part === 'allergies' || part === 'medicines' || part === 'problems' || part === 'devices'

/** Not having one is ordinary: only the first three are asked for where nothing is said. */
const isAskedFor = (part: CardPart) => part === 'allergies' || part === 'medicines' || part === 'problems'

/** Where nothing is listed: that there is none, with the day that was said last; else that nobody said so. */
function nothingLines(part: NoneKnown, { entries, choices }: CardRecord, words: CardWords): readonly string[] {
  const { say, language } = words
  const told = entries.filter(({ summary }) => summary.kind === 'statement' && summary.section === part)
  const said = told.flatMap(({ summary }) => {
    const absence = summary.isPrivate === true ? undefined : absenceOf(part, summary.codes)
    return absence === undefined ? [] : [{ absence, when: summary.when }]
  })
  const dated = (text: string, when: { readonly text: string } | undefined) =>
    when === undefined ? text : say('emergency.confirmed', { what: text, date: formatWhen(when, language, 'long') })
  const none = said.find(({ absence }) => absence === `none.${part}`)
  const ownAt = choices.noneKnownAt[part]
  if (ownAt !== undefined && ownAt >= (none?.when?.sortAt ?? 0))
    return [dated(say(`absence.none.${part}`), { text: dayText(ownAt) })]
  if (none !== undefined) return [dated(say(`absence.none.${part}`), none.when)]
  if (said.length > 0) return [...new Set(said.map(({ absence, when }) => dated(say(`absence.${absence}`), when)))]
  return isAskedFor(part) ? [say('emergency.notAsked')] : []
}

/** The day where this device is, as FHIR writes it. */
export function dayText(at: Instant): string {
  const day = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** Whether a person can say here that they know of none: nothing is listed that is usually on a card, whether it is on this one or not. */
export const mayKnowOfNone = (items: readonly CardItem[], part: CardPart): part is NoneKnown =>
  isOfNone(part) && items.every(item => item.part !== part || !item.isUsual)

/** The card in one language: nothing of what was not chosen. */
export function cardFace(
  record: CardRecord,
  person: { readonly name: string; readonly birthDate: string },
  words: CardWords,
  items = cardItems(record, words),
): CardFace {
  const { choices, texts } = record
  const partOf = (part: CardPart): CardFacePart => {
    const chosen = items.filter(item => item.part === part && isItemOn(choices, item)).map(({ text }) => text)
    const typed = part in PART_TEXTS ? textLines(texts[PART_TEXTS[part as keyof typeof PART_TEXTS]]) : []
    const nothing = chosen.length === 0 && mayKnowOfNone(items, part) ? nothingLines(part, record, words) : []
    return { title: words.say(PART_TITLES[part]), lines: [...new Set([...chosen, ...typed, ...nothing])] }
  }
  const birth = choices.items['birth'] === false || person.birthDate === '' ? undefined : person.birthDate
  const born = birth && words.say('doctor.born', { date: formatWhen({ text: birth }, words.language, 'long') })
  return {
    language: words.language,
    head: [person.name, ...(born === undefined ? [] : [born])],
    parts: CARD_PARTS.filter(part => isPartOn(choices, part))
      .map(partOf)
      .filter(({ lines }) => lines.length > 0),
  }
}
