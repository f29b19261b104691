import { expect, test } from 'vitest'
import type { CardChoices, CardRecord } from '#app/core/card-session.ts'
import type { EntryFacts } from '#app/core/exchange/report/entry-facts.ts'
import { cardFace, cardItems, type CardWords, isItemOn } from '#app/ui/features/card/draft-card.ts'
import { speaker } from '#app/ui/language/language.ts'
import { instant } from '#schema/instant.ts'
import type { EntryId, EntrySummary, ImportId } from '#schema/record/entry.ts'

const WORDS: CardWords = { language: 'en', say: await speaker('en'), titleOf: ({ title }) => title }
const ANA = { name: 'Ana', birthDate: '1961-02-03' }
const AT = instant(Date.UTC(2026, 2, 4, 12))

const facts = (
  kind: EntrySummary['kind'],
  title: string,
  { summary, ...rest }: Partial<Omit<EntryFacts, 'summary'>> & { readonly summary?: Partial<EntrySummary> } = {},
): EntryFacts => ({
  summary: {
    id: title.toLowerCase().replaceAll(' ', '-') as EntryId,
    kind,
    section: kind === 'allergy' ? 'allergies' : 'problems',
    title,
    status: 'active',
    source: { type: 'self' },
    codes: [],
    ...summary,
  },
  addedAt: instant(0),
  changedAt: instant(0),
  ...rest,
})

const record = (entries: readonly EntryFacts[], choices: Partial<CardChoices> = {}, texts = {}): CardRecord => ({
  entries,
  texts: {
    'emergency-contacts': '',
    'emergency-blood-group': '',
    'emergency-languages': '',
    'emergency-directives': '',
    ...texts,
  },
  choices: { items: {}, noneKnownAt: {}, ...choices },
})

const linesOf = (one: CardRecord) =>
  Object.fromEntries(cardFace(one, ANA, WORDS).parts.map(({ title, lines }) => [title, lines]))

test('cardFace() has allergies with what they do first, the worst before the others, then all that helpers need', () => {
  const face = cardFace(
    record(
      [
        facts('medicine', 'Metformin 500 mg'),
        facts('condition', 'Diabetes'),
        facts('allergy', 'Latex', { severity: 'mild' }),
        facts('allergy', 'Penicillin', { reaction: 'Hives', severity: 'severe' }),
        facts('device', 'Pacemaker'),
        facts('directive', 'Do not resuscitate'),
        facts('lab-result', 'Blood group', {
          summary: { section: 'results', value: { type: 'text', text: 'A Rh positive' } },
        }),
        facts('person', 'Ada', {
          contacts: [{ name: 'Bea', relation: 'daughter', phone: '0123' }],
          languages: ['nl', 'Twi of my village', 'Romani'],
        }),
      ],
      {},
      { 'emergency-contacts': 'Dr Bell 555\n\n Bea (daughter) 0123 ' },
    ),
    ANA,
    WORDS,
  )
  expect(face.head).toEqual(['Ana', 'Born February 3, 1961'])
  expect(face.parts.map(({ title, lines }) => [title, lines])).toEqual([
    ['Allergies', ['Penicillin (Hives, Severe)', 'Latex (Mild)']],
    ['Medicines', ['Metformin 500 mg']],
    ['Problems', ['Diabetes']],
    ['Implants and devices', ['Pacemaker']],
    ['Blood group', ['A Rh positive']],
    ['Whom to call', ['Bea (daughter) 0123', 'Dr Bell 555']],
    ['Languages spoken', ['Dutch', 'Twi of my village', 'Romani']],
    ['Wishes for treatment', ['Do not resuscitate']],
  ])
})

test('cardFace() has nothing that was taken off, neither a line nor a whole part, and no date of birth where it was', () => {
  const entries = [facts('allergy', 'Latex'), facts('allergy', 'Penicillin'), facts('condition', 'HIV')]
  const one = record(entries, { items: { latex: false, 'part:problems': false, birth: false } })
  expect(linesOf(one)).toEqual({ Allergies: ['Penicillin'], Medicines: ['Nothing is written down: please ask'] })
  expect(cardFace(one, ANA, WORDS).head).toEqual(['Ana'])
})

test('cardFace() says nothing of a part whose lines were all taken off: neither “none” nor “please ask”', () => {
  const one = record([facts('allergy', 'Latex')], { items: { latex: false } })
  expect(linesOf(one)).not.toHaveProperty('Allergies')
})

test('what is private is on the card by an explicit choice alone, and takes the place of nothing that is open', () => {
  const hidden = facts('condition', 'HIV', { summary: { isPrivate: true } })
  const twin = facts('allergy', 'Latex', { summary: { id: 'hidden' as EntryId, isPrivate: true } })
  const entries = [hidden, twin, facts('allergy', 'Latex')]
  expect(JSON.stringify(cardFace(record(entries), ANA, WORDS))).not.toContain('HIV')
  expect(linesOf(record(entries))['Allergies']).toEqual(['Latex'])
  expect(linesOf(record(entries, { items: { hiv: true } }))['Problems']).toEqual(['HIV'])
  expect(cardItems(record(entries), WORDS).filter(item => isItemOn(record(entries).choices, item))).toHaveLength(1)
})

test('“none known, confirmed on” is another thing than that nobody said so, and the later word counts', () => {
  expect(linesOf(record([]))).toEqual({
    Allergies: ['Nothing is written down: please ask'],
    Medicines: ['Nothing is written down: please ask'],
    Problems: ['Nothing is written down: please ask'],
  })
  expect(linesOf(record([], { noneKnownAt: { allergies: AT, devices: AT } }))).toMatchObject({
    Allergies: ['No known allergies, confirmed on March 4, 2026'],
    'Implants and devices': ['No known devices or implants, confirmed on March 4, 2026'],
  })
  const told = facts('statement', '', {
    summary: {
      section: 'allergies',
      codes: [{ system: 'http://snomed.info/sct', code: '716186003' }],
      when: { text: '2026-05-01', sortAt: instant(Date.UTC(2026, 4, 1)) },
    },
  })
  expect(linesOf(record([told], { noneKnownAt: { allergies: AT } }))['Allergies']).toEqual([
    'No known allergies, confirmed on May 1, 2026',
  ])
  const notAsked = facts('statement', '', {
    summary: { section: 'allergies', codes: [{ system: 'http://snomed.info/sct', code: '1631000175102' }] },
  })
  expect(linesOf(record([notAsked]))['Allergies']).toEqual(['Not asked about allergies'])
  // What is listed is right, whatever was said before.
  const listed = record([facts('allergy', 'Latex')], { noneKnownAt: { allergies: AT } })
  expect(linesOf(listed)['Allergies']).toEqual(['Latex'])
})

test('what was changed twice at once says so on the card', () => {
  const entries = [facts('medicine', 'Metformin 500 mg', { summary: { isDisputed: true } })]
  expect(linesOf(record(entries))['Medicines']).toEqual(['Metformin 500 mg (changed twice at once, not decided)'])
})

test('the care team is on the card where somebody put it there, with its number', () => {
  const entries = [
    facts('care-team-member', 'Dr Bell', { contacts: [{ name: 'Dr Bell', phone: '555' }] }),
    facts('care-team-member', 'Nurse Ito'),
  ]
  expect(linesOf(record(entries))).not.toHaveProperty('Whom to call')
  const items = { 'dr-bell:contacts0': true, 'nurse-ito:contacts0': true }
  expect(linesOf(record(entries, { items }))['Whom to call']).toEqual(['Dr Bell 555', 'Nurse Ito'])
})

test('cardFace() speaks the language that it is asked for', async () => {
  const words: CardWords = { language: 'ar', say: await speaker('ar'), titleOf: ({ title }) => title }
  const face = cardFace(record([facts('allergy', 'Latex')]), ANA, words)
  expect(face.language).toBe('ar')
  expect(face.parts[0]).toEqual({ title: words.say('section.allergies'), lines: ['Latex'] })
})

test('what its source calls a finding or a circumstance is on the card only where somebody put it there', () => {
  const noted = facts('condition', 'Victim of intimate partner abuse (finding)', {
    summary: { source: { type: 'import', importId: 'a' as ImportId, fileName: 'clinic.json' } },
  })
  const entries = [facts('condition', 'Diabetes'), noted]
  expect(linesOf(record(entries))['Problems']).toEqual(['Diabetes'])
  expect(linesOf(record(entries, { items: { [noted.summary.id]: true } }))['Problems']).toEqual([
    'Diabetes',
    'Victim of intimate partner abuse (finding)',
  ])
  expect(linesOf(record([noted]))['Problems']).toEqual(linesOf(record([]))['Problems'])
})
