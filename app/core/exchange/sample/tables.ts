/**
 * What the made-up patient's record is made of. Codes: LOINC 2.78, CVX (CDC), RxNorm and ICD-10-CM 2026, each with the
 * system's own display; where we had no code we were sure of, there are words only, as in many real records.
 */

export interface LabTest {
  readonly loinc: string
  readonly name: string
  readonly unit: string
  readonly ucum: string
  readonly decimals: number
  readonly low?: number
  readonly high?: number
  /** Where it begins and where it has come to after the ten years. */
  readonly from: number
  readonly to: number
  readonly spread: number
}

const test = (
  loinc: string,
  name: string,
  [unit, ucum]: readonly [string, string],
  range: { readonly low?: number; readonly high?: number },
  [from, to, spread, decimals]: readonly [number, number, number, number],
): LabTest => ({ loinc, name, unit, ucum, decimals, ...range, from, to, spread })

const MG_DL = ['mg/dL', 'mg/dL'] as const
const MMOL_L = ['mmol/L', 'mmol/L'] as const
const U_L = ['U/L', 'U/L'] as const

export interface LabPanel {
  readonly loinc: string
  readonly name: string
  readonly everyMonths: number
  readonly tests: readonly LabTest[]
}

export const PANELS: readonly LabPanel[] = [
  {
    loinc: '51990-0',
    name: 'Basic metabolic panel',
    everyMonths: 6,
    tests: [
      test('2345-7', 'Glucose', MG_DL, { low: 70, high: 99 }, [168, 128, 18, 0]),
      test('2160-0', 'Creatinine', MG_DL, { low: 0.6, high: 1.1 }, [0.8, 0.98, 0.08, 2]),
      test('2951-2', 'Sodium', MMOL_L, { low: 136, high: 145 }, [140, 140, 3, 0]),
      test('2823-3', 'Potassium', MMOL_L, { low: 3.5, high: 5.1 }, [4.2, 4.4, 0.4, 1]),
      test('98979-8', 'eGFR (CKD-EPI 2021)', ['mL/min/1.73 m²', 'mL/min/{1.73_m2}'], { low: 60 }, [92, 71, 5, 0]),
    ],
  },
  {
    loinc: '24331-1',
    name: 'Lipid panel',
    everyMonths: 12,
    tests: [
      test('2093-3', 'Cholesterol, total', MG_DL, { high: 200 }, [244, 172, 14, 0]),
      test('2085-9', 'HDL cholesterol', MG_DL, { low: 50 }, [44, 51, 4, 0]),
      test('13457-7', 'LDL cholesterol, calculated', MG_DL, { high: 100 }, [158, 88, 12, 0]),
      test('2571-8', 'Triglycerides', MG_DL, { high: 150 }, [212, 148, 24, 0]),
    ],
  },
  {
    loinc: '58410-2',
    name: 'Complete blood count',
    everyMonths: 12,
    tests: [
      test('6690-2', 'White blood cells', ['10*3/uL', '10*3/uL'], { low: 4, high: 11 }, [7.1, 6.6, 1.1, 1]),
      test('718-7', 'Hemoglobin', ['g/dL', 'g/dL'], { low: 12, high: 16 }, [13.4, 12.6, 0.6, 1]),
      test('777-3', 'Platelets', ['10*3/uL', '10*3/uL'], { low: 150, high: 400 }, [255, 248, 30, 0]),
    ],
  },
  {
    loinc: '24325-3',
    name: 'Hepatic function panel',
    everyMonths: 24,
    tests: [
      test('1742-6', 'ALT', U_L, { high: 40 }, [38, 27, 7, 0]),
      test('1920-8', 'AST', U_L, { high: 40 }, [31, 24, 6, 0]),
    ],
  },
]

/** Measured by themselves. */
export const SINGLE_TESTS: readonly (readonly [everyMonths: number, LabTest])[] = [
  [3, test('4548-4', 'Hemoglobin A1c', ['%', '%'], { high: 5.7 }, [8.9, 6.9, 0.4, 1])],
  [12, test('9318-7', 'Albumin/creatinine ratio, urine', ['mg/g', 'mg/g'], { high: 30 }, [12, 26, 8, 0])],
  [24, test('3016-3', 'TSH', ['mIU/L', 'm[IU]/L'], { low: 0.4, high: 4.5 }, [2.1, 2.6, 0.7, 2])],
]

interface SampleCondition {
  readonly icd10?: string
  readonly name: string
  readonly yearsAgo: number
  readonly lastedMonths?: number
}

export const CONDITIONS: readonly SampleCondition[] = [
  { icd10: 'E11.9', name: 'Type 2 diabetes mellitus without complications', yearsAgo: 9.6 },
  { icd10: 'I10', name: 'Essential (primary) hypertension', yearsAgo: 9.1 },
  { icd10: 'E78.5', name: 'Hyperlipidemia, unspecified', yearsAgo: 8.8 },
  { icd10: 'K21.9', name: 'Gastro-esophageal reflux disease without esophagitis', yearsAgo: 5.2 },
  { name: 'Osteoarthritis of the right knee', yearsAgo: 3.4 },
  { icd10: 'J20.9', name: 'Acute bronchitis, unspecified', yearsAgo: 6.3, lastedMonths: 1 },
  { icd10: 'N39.0', name: 'Urinary tract infection, site not specified', yearsAgo: 4.1, lastedMonths: 1 },
  { name: 'Fracture of the left wrist', yearsAgo: 7.4, lastedMonths: 3 },
  { name: 'Cataract, right eye', yearsAgo: 3.9, lastedMonths: 14 },
]

interface SampleMedicine {
  readonly rxNorm: string
  readonly name: string
  readonly directions: string
  readonly yearsAgo: number
  readonly stoppedYearsAgo?: number
  readonly reason: string
}

export const MEDICINES: readonly SampleMedicine[] = [
  {
    rxNorm: '860975',
    name: '24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet',
    directions: 'Take 2 tablets with the evening meal',
    yearsAgo: 9.5,
    reason: 'Type 2 diabetes',
  },
  {
    rxNorm: '314076',
    name: 'lisinopril 10 MG Oral Tablet',
    directions: 'Take 1 tablet every morning',
    yearsAgo: 9,
    reason: 'High blood pressure',
  },
  {
    rxNorm: '312961',
    name: 'simvastatin 20 MG Oral Tablet',
    directions: 'Take 1 tablet at bedtime',
    yearsAgo: 8.7,
    reason: 'High cholesterol',
  },
  {
    rxNorm: '197361',
    name: 'amlodipine 5 MG Oral Tablet',
    directions: 'Take 1 tablet every morning',
    yearsAgo: 6,
    stoppedYearsAgo: 5.5,
    reason: 'High blood pressure; stopped for swollen ankles',
  },
  {
    rxNorm: '308192',
    name: 'amoxicillin 500 MG Oral Tablet',
    directions: 'Take 1 tablet three times a day for 7 days',
    yearsAgo: 6.3,
    stoppedYearsAgo: 6.28,
    reason: 'Bronchitis',
  },
]

/** Years ago; influenza comes every autumn besides. */
export const VACCINES: readonly (readonly [cvx: string, name: string, yearsAgo: readonly number[]])[] = [
  ['115', 'Tdap', [7.4]],
  [
    '208',
    'SARS-COV-2 (COVID-19) vaccine, mRNA, spike protein, LNP, preservative free, 30 mcg/0.3mL dose',
    [5.5, 5.4, 4.8],
  ],
  ['33', 'pneumococcal polysaccharide vaccine, 23 valent', [4.6]],
  ['187', 'zoster recombinant', [3.2, 2.9]],
]
export const INFLUENZA = ['140', 'Influenza, seasonal, injectable, preservative free'] as const

export const PROCEDURES: readonly (readonly [name: string, yearsAgo: number, outcome?: string])[] = [
  ['Closed reduction of left wrist fracture', 7.4],
  ['Colonoscopy', 5.8, 'No polyps found; repeat in ten years'],
  ['Cataract surgery with lens implant, right eye', 2.7, 'Successful'],
  ['Diabetic eye examination', 2.1, 'No retinopathy'],
  ['Diabetic eye examination', 1.1, 'No retinopathy'],
  ['Diabetic foot examination', 0.6, 'Normal sensation'],
  ['Knee joint injection, right', 0.9],
]
