import { SYSTEMS } from '#schema/codes/systems.ts'
import { type EntrySummary, NOTE_USES } from '#schema/record/entry.ts'
import type { Section } from '#schema/record/sections.ts'
import type { CardRecord, CardText } from '../card-session.ts'
import type { TakenEntry } from '../exchange/own-entries.ts'
import { takenEntries, type TakenDeps } from './taken-entries.ts'

const SECTIONS: ReadonlySet<Section> = new Set([
  'allergies',
  'medicines',
  'problems',
  'devices',
  'directives',
  'care-team',
  'about-me',
])

/** LOINC: ABO and Rh group, ABO group, Rh type, in blood. */
const BLOOD_GROUP: ReadonlySet<string> = new Set(['882-1', '883-9', '10331-7'])

const isBloodGroup = ({ codes }: EntrySummary) =>
  codes.some(({ system, code = '' }) => system === SYSTEMS.loinc && BLOOD_GROUP.has(code))

const isOwnNote = ({ kind, source }: EntrySummary) => kind === 'note' && source.type === 'self'

const isOfCard = (summary: EntrySummary) =>
  summary.status !== 'mistaken' &&
  ((SECTIONS.has(summary.section) && summary.kind !== 'note' && summary.kind !== 'document') ||
    (summary.section === 'results' && isBloodGroup(summary)))

/** All of the record that an emergency card can have: of results only the blood group. */
export async function cardEntries(deps: TakenDeps): Promise<Omit<CardRecord, 'choices'>> {
  const { factsOf } = await import('../exchange/report/entry-facts.ts')
  const wanted = (summary: EntrySummary) => isOfCard(summary) || isOwnNote(summary)
  const taken = await Array.fromAsync(takenEntries(deps, wanted))
  const timeOf = ({ summary }: TakenEntry) => summary.when?.sortAt ?? -Infinity
  // Of one day by name: a card that is printed twice reads the same.
  const byName = (a: TakenEntry, b: TakenEntry) => (a.summary.title < b.summary.title ? -1 : 1)
  const entries = taken
    .filter(({ summary }) => isOfCard(summary))
    .toSorted((a, b) => timeOf(b) - timeOf(a) || byName(a, b))
  return { entries: entries.map(factsOf), texts: textsOf(taken) }
}

/** Of several that two devices made at once, the one that was changed last. */
function textsOf(taken: readonly TakenEntry[]): CardRecord['texts'] {
  const texts: Record<string, string> = {}
  for (const use of NOTE_USES) if (use !== 'visit-questions' && use !== 'visit-answer') texts[use] = ''
  for (const { fields } of taken.toSorted((a, b) => a.changedAt - b.changedAt)) {
    if (fields?.kind === 'note' && fields.about !== undefined && fields.about in texts)
      texts[fields.about] = fields.text
  }
  return texts as Record<CardText, string>
}
