import type {
  Coding,
  EntryFields,
  EntryId,
  EntryKind,
  EntrySource,
  EntrySummary,
  EntryValue,
  ImportId,
  When,
} from '#schema/record/entry.ts'
import { partsOfFields } from '#schema/record/own-entry.ts'
import type { Section } from '#schema/record/sections.ts'
import { parseWhen } from '#schema/record/when.ts'

export const SAMPLE_IMPORT = 'f00d0000000000000000000000000001' as ImportId

const HOSPITAL: EntrySource = {
  type: 'import',
  importId: SAMPLE_IMPORT,
  fileName: 'st-marys-hospital.json',
  author: 'St Mary’s Hospital',
}
const SELF: EntrySource = { type: 'self' }

export function whenOf(text: string): When {
  const when = parseWhen(text)
  if (!when.ok) throw new RangeError(`Cannot make a fake entry: ${when.failure}`)
  return when.value
}

export const entryId = (text: string): EntryId => text as EntryId

let made = 0
function summary(
  kind: EntryKind,
  section: Section,
  title: string,
  date: string,
  more: Partial<EntrySummary> = {},
): EntrySummary {
  made += 1
  const codes: readonly Coding[] = []
  return {
    id: entryId(`fake-${String(made).padStart(5, '0')}`),
    kind,
    section,
    title,
    when: whenOf(date),
    status: 'active',
    source: HOSPITAL,
    codes,
    ...more,
  }
}

const quantity = (value: number, unit: string): EntryValue => ({
  type: 'quantity',
  quantity: { value, unit, isUcum: true },
})

const pressure = (systolicMmHg: number, diastolicMmHg: number): EntryValue => ({
  type: 'blood-pressure',
  systolicMmHg,
  diastolicMmHg,
})

function readings(): EntrySummary[] {
  const all: EntrySummary[] = []
  for (let week = 0; week < 26; week += 1) {
    const day = new Date(Date.UTC(2026, 10, 20) - week * 7 * 86_400_000).toISOString().slice(0, 10)
    const wave = Math.round(6 * Math.sin(week / 3))
    all.push(
      summary('blood-pressure', 'vitals', '', `${day}T08:10:00+00:00`, {
        value: pressure(128 + wave, 79 + Math.round(wave / 2)),
        source: SELF,
      }),
    )
    if (week % 2 === 0)
      all.push(
        summary('weight', 'vitals', '', `${day}T07:55:00+00:00`, {
          value: quantity(71.4 + week / 10, 'kg'),
          source: SELF,
        }),
      )
  }
  return all
}

/** A plausible record of about 80 entries, newest last-made; ids are stable within one page. */
export function sampleEntries(): EntrySummary[] {
  return [
    summary('condition', 'problems', 'Type 2 diabetes', '2019-04-02'),
    summary('condition', 'problems', 'High blood pressure', '2016'),
    summary('condition', 'past-problems', 'Pneumonia', '2012-01', { status: 'past' }),
    summary('allergy', 'allergies', 'Penicillin', '1998', { value: { type: 'text', text: 'Hives, severe' } }),
    summary('allergy', 'allergies', 'Peanuts', '2004-06-11'),
    summary('medicine', 'medicines', 'Metformin 500 mg', '2019-05-01', {
      value: { type: 'text', text: 'One tablet twice a day with food' },
    }),
    summary('medicine', 'medicines', 'Lisinopril 10 mg', '2016-09-12', {
      value: { type: 'text', text: 'One tablet in the morning' },
    }),
    summary('medicine', 'medicines', 'Amoxicillin 250 mg', '2012-01-08', { status: 'past' }),
    summary('lab-result', 'results', 'Hemoglobin A1c', '2026-10-30', { value: quantity(6.8, '%') }),
    summary('lab-result', 'results', 'Hemoglobin A1c', '2026-04-21', { value: quantity(7.2, '%') }),
    summary('lab-result', 'results', 'LDL cholesterol', '2026-10-30', { value: quantity(98, 'mg/dL') }),
    summary('lab-result', 'results', 'Creatinine', '2026-10-30', { value: quantity(0.9, 'mg/dL') }),
    summary('report', 'results', 'Basic metabolic panel', '2026-10-30'),
    summary('immunization', 'immunizations', 'Influenza, seasonal', '2026-10-02'),
    summary('immunization', 'immunizations', 'COVID-19', '2026-10-02'),
    summary('procedure', 'procedures', 'Appendectomy', '1987-07-19', { status: 'past' }),
    summary('visit', 'visits', 'Check-up', '2026-10-30'),
    summary('visit', 'visits', 'Emergency visit', '2025-02-14'),
    summary('document', 'documents', 'Discharge letter', '2025-02-15'),
    summary('device', 'devices', 'Hearing aid', '2023-05'),
    summary('family-member', 'family-history', 'Mother: breast cancer', '2010'),
    summary('care-team-member', 'care-team', 'Dr. Amara Okafor', '2019'),
    summary('coverage', 'coverage', 'Statutory health insurance', '2024-01-01'),
    summary('note', 'story', 'Questions for Dr. Okafor', '2026-11-18', {
      value: { type: 'text', text: 'Ask about the tingling in my left foot.' },
      source: SELF,
    }),
    ...readings(),
  ]
}

/** The row that typed fields make. */
export function summaryOf(id: EntryId, fields: EntryFields): EntrySummary {
  return { ...partsOfFields(fields), id, source: SELF }
}
