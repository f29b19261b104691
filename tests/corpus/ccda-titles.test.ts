import { beforeAll, expect, test } from 'vitest'
import { readyCrypto } from '#crypto/sodium.ts'
import { DOCUMENTS, madeOf, NONE_HERE } from './ccda-files.ts'

beforeAll(readyCrypto)

/** What each document of others says somebody is allergic to and was, or was not, vaccinated with: as read in the files, by hand. */
const TITLES: Readonly<
  Record<string, { readonly allergies?: readonly string[]; readonly vaccines?: readonly string[] }>
> = {
  'ccda/CCD.XML': {
    allergies: ['Penicillin', 'codeine'],
    vaccines: [
      'hepatitis B vaccine, unspecified formulation',
      'influenza virus vaccine, unspecified formulation',
      'influenza virus vaccine, unspecified formulation: not given',
      'meningococcal C conjugate vaccine: not given',
      'pneumococcal polysaccharide vaccine, 23 valent',
    ],
  },
  'ccda/CCDA_NullFlavorSample_v1.xml': {
    allergies: ['Aspirin', 'Codeine', 'Penicillin G benzathine'],
    vaccines: ['Influenza virus vaccine', 'Tetanus and diphtheria toxoids - preservative free'],
  },
  'ccda/CCD_1.xml': {
    allergies: ['ALLERGENIC EXTRACT, PENICILLIN', 'Aspirin', 'Codeine'],
    vaccines: [
      'Influenza virus vaccine',
      'Influenza virus vaccine: not given',
      'Pneumococcal polysaccharide vaccine',
      'Tetanus and diphtheria toxoids - preservative free: not given',
    ],
  },
  'ccda/Discharge_Summary.xml': {
    allergies: ['Codeine', 'Eggs', 'Penicillin'],
    vaccines: ['Influenza virus vaccine', 'meningococcal C conjugate vaccine: not given'],
  },
  'ccda/History_and_Physical.xml': {
    allergies: ['ALLERGENIC EXTRACT, PENICILLIN', 'aspirin', 'codeine'],
    vaccines: [
      'Influenza virus vaccine',
      'Influenza virus vaccine',
      'meningococcal C conjugate vaccine: not given',
      'pneumococcal polysaccharide vaccine, 23 valent',
    ],
  },
  'ccda/Progress_Note.xml': { allergies: ['Penicillin', 'codeine'] },
  'ccda/Referral_Note.xml': { allergies: ['Penicillin', 'codeine'] },
  'ccda/c32_sample.xml.gz': {
    allergies: [
      'BAKED BEANS',
      'BEE VENOM',
      'BEEF PRODUCTS',
      'CHOCOLATE',
      'HONEY',
      'LATEX STRAP',
      'NUTS',
      'OATS',
      'SOY MILK',
      'WATERMELONS',
    ],
    vaccines: ['ADENOVIRUS,TYPE 4', 'ADENOVIRUS,TYPE 7', 'CHICKENPOX', 'CHOLERA', 'CHOLERA, ORAL', 'MEASLES'],
  },
  'ccda-sections/Allergy_to_latex__Allergy_to_specific_substance_latex(C-CDA2.1).xml': { allergies: ['Latex'] },
  'ccda-sections/Allergy_to_specific_drug_Penicillin__Allergy_to_specific_drug_Penicillin(C-CDA2.1).xml': {
    allergies: ['Penicillin'],
  },
  'ccda-sections/Allergy_to_specific_drug_class_Penicillins__Allergy_to_specific_drug_class_Penicillins(C-CDA2.1).xml':
    { allergies: ['Penicillins (drug class)'] },
  'ccda-sections/Immunization_not_given_Patient_refused__Immunization_not_given_Patient_refused(C-CDA2.1).xml': {
    vaccines: ['influenza, intradermal, quadrivalent: not given'],
  },
  'ccda-sections/Influenza_Vaccination_-_Patient_Reported__Influenza_Vaccination_Patient_Reported(C-CDA2.1).xml': {
    vaccines: ['Influenza Virus Vaccine'],
  },
  'ccda-sections/No_Known_Medication_Allergies__No_Known_Medication_Allergies(C-CDA2.1).xml': {
    allergies: ['No known drug allergy'],
  },
  'ccda-to-fhir-pairs/Ccda__CCD.ccda': { allergies: ['No known allergy'] },
  'ccda-to-fhir-pairs/Ccda__Discharge_Summary.ccda': {
    allergies: ['Codeine', 'Eggs', 'Penicillin'],
    vaccines: ['Influenza virus vaccine', 'Tetanus and diphtheria toxoids - preservative free: not given'],
  },
  'ccda-to-fhir-pairs/Ccda__Progress_Note.ccda': { allergies: ['Codeine', 'Penicillin'] },
  'ccda-to-fhir-pairs/Ccda__Referral_Note.ccda': { allergies: ['Codeine', 'Penicillin'] },
}

test.skipIf(DOCUMENTS.length === 0).each(DOCUMENTS.length === 0 ? [NONE_HERE] : DOCUMENTS)(
  '%s: its allergies and vaccines are called what they are',
  async path => {
    const { file } = await madeOf(path)
    const titles = (resourceType: string, denied: string) =>
      file.resources
        .filter(({ parts }) => parts.resourceType === resourceType)
        .map(({ parts }) => (parts.isNegated === true ? `${parts.title}: ${denied}` : parts.title))
        .toSorted()
    const { allergies = [], vaccines = [] } = TITLES[path] ?? {}
    expect(titles('AllergyIntolerance', 'refuted')).toEqual(allergies)
    expect(titles('Immunization', 'not given')).toEqual(vaccines)
  },
)
