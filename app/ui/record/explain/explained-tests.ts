import { ANALYTES } from '#schema/codes/analytes.ts'
import type { Coding } from '#schema/record/entry.ts'
import { loincOf } from '#schema/record/fhir/concept.ts'

/** A test that there is an explanation of (decision 41); its words are in `words/`, a file for each language. */
export interface ExplainedTest {
  readonly key: ExplanationKey
  /** LOINC 2.78. */
  readonly loinc: readonly string[]
  /** Where what it says was read: pages of MedlinePlus, by the National Library of Medicine of the USA. */
  readonly sources: readonly string[]
  /** The day on which they were read; a FHIR date. */
  readonly readOn: string
}

export type ExplanationKey =
  | 'white-cells'
  | 'red-cells'
  | 'hemoglobin'
  | 'hematocrit'
  | 'platelets'
  | 'red-cell-size'
  | 'glucose'
  | 'hba1c'
  | 'creatinine'
  | 'egfr'
  | 'sodium'
  | 'potassium'
  | 'calcium'
  | 'alt'
  | 'ast'
  | 'alp'
  | 'bilirubin'
  | 'albumin'
  | 'cholesterol'
  | 'ldl'
  | 'hdl'
  | 'triglycerides'
  | 'tsh'
  | 'crp'
  | 'vitamin-d'
  | 'urate'
  | 'inr'
  | 'psa'
  | 'urine-albumin'
  | 'bnp'
  | 'troponin'

export type Explanations = Readonly<Record<ExplanationKey, string>>

const SITE = 'https://medlineplus.gov/'
const BLOOD_COUNT = 'bloodcounttests.html'
const CHOLESTEROL = ['lab-tests/cholesterol-levels/', 'cholesterollevelswhatyouneedtoknow.html']

/** Of those that are converted, the codes stand there. */
const analyte = (wanted: string) => ANALYTES.find(({ name }) => name === wanted)?.loinc ?? []

const read = (
  readOn: string,
  key: ExplanationKey,
  loinc: readonly string[],
  ...pages: readonly string[]
): ExplainedTest => ({ key, loinc, sources: pages.map(page => `${SITE}${page}`), readOn })

export const EXPLAINED_TESTS: readonly ExplainedTest[] = [
  read('2026-11-27', 'white-cells', ['6690-2', '26464-8', '804-5'], BLOOD_COUNT),
  read('2026-11-27', 'red-cells', ['789-8', '26453-1'], BLOOD_COUNT),
  read('2026-11-27', 'hemoglobin', ['718-7', '59260-0', '20509-6'], BLOOD_COUNT, 'lab-tests/hemoglobin-test/'),
  read('2026-11-27', 'hematocrit', ['4544-3', '20570-8'], BLOOD_COUNT),
  read('2026-11-27', 'platelets', ['777-3', '26515-7'], 'lab-tests/platelet-tests/'),
  read('2026-11-27', 'red-cell-size', ['787-2', '30428-7'], BLOOD_COUNT),
  read('2026-11-27', 'glucose', analyte('glucose'), 'lab-tests/blood-glucose-test/'),
  read(
    '2026-11-27',
    'hba1c',
    ['4548-4', '17856-6', '59261-8', '4549-2'],
    'a1c.html',
    'lab-tests/hemoglobin-a1c-hba1c-test/',
  ),
  read('2026-11-27', 'creatinine', analyte('creatinine'), 'lab-tests/creatinine-test/'),
  read(
    '2026-11-27',
    'egfr',
    ['33914-3', '48642-3', '48643-1', '62238-1', '98979-8', '69405-9', '77147-7', '88293-6', '88294-4', '50210-4'],
    'lab-tests/glomerular-filtration-rate-gfr-test/',
  ),
  read('2026-11-27', 'sodium', ['2951-2', '2947-0'], 'lab-tests/sodium-blood-test/'),
  read('2026-11-27', 'potassium', ['2823-3', '6298-4'], 'lab-tests/potassium-blood-test/'),
  read('2026-11-27', 'calcium', analyte('calcium'), 'lab-tests/calcium-blood-test/'),
  read('2026-11-27', 'alt', ['1742-6', '1743-4', '1744-2'], 'lab-tests/alt-blood-test/'),
  read('2026-11-27', 'ast', ['1920-8', '30239-8', '88112-8'], 'lab-tests/ast-test/'),
  read('2026-11-27', 'alp', ['6768-6'], 'lab-tests/alkaline-phosphatase/'),
  read('2026-11-27', 'bilirubin', analyte('bilirubin'), 'lab-tests/bilirubin-blood-test/'),
  read('2026-11-27', 'albumin', ['1751-7', '61151-7', '61152-5'], 'lab-tests/albumin-blood-test/'),
  read('2026-11-27', 'cholesterol', analyte('cholesterol'), ...CHOLESTEROL),
  read('2026-11-27', 'ldl', analyte('LDL cholesterol'), ...CHOLESTEROL),
  read('2026-11-27', 'hdl', analyte('HDL cholesterol'), ...CHOLESTEROL),
  read(
    '2026-11-27',
    'triglycerides',
    analyte('triglycerides'),
    'lab-tests/triglycerides-test/',
    'cholesterollevelswhatyouneedtoknow.html',
  ),
  read('2026-11-27', 'tsh', ['3016-3', '11580-8', '11579-0'], 'lab-tests/tsh-thyroid-stimulating-hormone-test/'),
  read('2026-11-27', 'crp', ['1988-5'], 'lab-tests/c-reactive-protein-crp-test/'),
  read('2026-11-27', 'vitamin-d', ['1989-3', '62292-8', '14635-7'], 'lab-tests/vitamin-d-test/'),
  read('2026-11-27', 'urate', analyte('urate'), 'lab-tests/uric-acid-test/'),
  read('2026-11-27', 'inr', ['6301-6', '34714-6', '46418-0'], 'lab-tests/prothrombin-time-test-and-inr-ptinr/'),
  read('2026-11-27', 'psa', ['2857-1', '35741-8'], 'lab-tests/prostate-specific-antigen-psa-test/'),
  read(
    '2026-11-27',
    'urine-albumin',
    ['9318-7', '14959-1', '32294-1', '30000-4'],
    'lab-tests/microalbumin-creatinine-ratio/',
  ),
  read('2026-11-27', 'bnp', ['30934-4', '42637-9', '33762-6'], 'lab-tests/natriuretic-peptide-tests-bnp-nt-probnp/'),
  read(
    '2026-11-27',
    'troponin',
    ['6598-7', '10839-9', '49563-0', '89579-7', '67151-1', '42757-5', '48425-3'],
    'lab-tests/troponin-test/',
  ),
]

const BY_LOINC: ReadonlyMap<string, ExplainedTest> = new Map(
  EXPLAINED_TESTS.flatMap(test => test.loinc.map(code => [code, test] as const)),
)

/** The test that a result is of, where there is an explanation of it. */
export function explainedTestOf(codes: readonly Coding[]): ExplainedTest | undefined {
  return loincOf(codes).flatMap(code => BY_LOINC.get(code) ?? [])[0]
}
