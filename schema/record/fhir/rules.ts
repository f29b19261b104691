import type { EntryKind, EntryStatus, EntryValue } from '../entry.ts'
import type { Section } from '../sections.ts'
import { advanceDirectiveDocument, consentPlace, reportPlace } from './place.ts'
import { eachWords, type Reading, wordsAt } from './reading.ts'

/** Where a resource stands. */
export interface Place {
  readonly kind: EntryKind
  readonly section: Section
}

/** How one resource type becomes a row. Paths are tried in order. */
export interface Rule extends Place {
  readonly place?: (reading: Reading) => Place | undefined
  readonly title: readonly string[]
  readonly when: readonly string[]
  /** Where its codes stand; `code` unless said. */
  readonly codes?: string
  /** What its row says beside the title. */
  readonly value?: (reading: Reading) => EntryValue | undefined
  /** Where its status word stands; `status` unless said. */
  readonly status?: string
  /** What `completed` means here: for a history or an immunization, that it holds. */
  readonly completedIs?: EntryStatus
}

const text = (found: string | undefined): EntryValue | undefined =>
  found === undefined ? undefined : { type: 'text', text: found }

const words =
  (...paths: readonly string[]) =>
  (reading: Reading) =>
    text(wordsAt(reading, paths))

/** Reactions of an allergy, conditions of a relative: the words in each item of a list. */
const each = (path: string, member: string) => (reading: Reading) => text(eachWords(reading, path, member))

const dosage = (path: string) => each(path, 'text')
const MEDICATION = ['medicationCodeableConcept', 'medicationReference'] as const
const medicine = {
  kind: 'medicine',
  section: 'medicines',
  title: MEDICATION,
  codes: 'medicationCodeableConcept',
} as const
const person = { kind: 'care-team-member', section: 'care-team' } as const
const plan = { kind: 'care-plan', section: 'plans' } as const
const document = { kind: 'document', section: 'documents' } as const
const report = { kind: 'report', section: 'results' } as const

/** Who belongs to it; of one person, who is the team's name already, what they do. */
function teamWords(reading: Reading): EntryValue | undefined {
  const members = eachWords(reading, 'participant', 'member')
  return text(members === wordsAt(reading, ['name']) ? wordsAt(reading, ['participant.role']) : members)
}

/** Every type that the record explains; the rest is kept, shown under "other" and exported. */
const RULES: Readonly<Record<string, Rule>> = {
  AllergyIntolerance: {
    kind: 'allergy',
    section: 'allergies',
    title: ['code', 'reaction.substance'],
    when: ['onsetDateTime', 'onsetPeriod.start', 'recordedDate', 'lastOccurrence'],
    value: each('reaction', 'manifestation'),
  },
  MedicationRequest: {
    ...medicine,
    when: [
      'authoredOn',
      'dosageInstruction.timing.repeat.boundsPeriod.start',
      'dosageInstruction.timing.event',
      'dispenseRequest.validityPeriod.start',
    ],
    value: dosage('dosageInstruction'),
  },
  MedicationStatement: {
    ...medicine,
    when: ['effectiveDateTime', 'effectivePeriod.start', 'dateAsserted'],
    value: dosage('dosage'),
  },
  MedicationAdministration: {
    ...medicine,
    when: ['effectiveDateTime', 'effectivePeriod.start'],
    value: words('dosage.text'),
  },
  MedicationDispense: { ...medicine, when: ['whenHandedOver', 'whenPrepared'], value: dosage('dosageInstruction') },
  Immunization: {
    kind: 'immunization',
    section: 'immunizations',
    title: ['vaccineCode'],
    when: ['occurrenceDateTime', 'recorded'],
    codes: 'vaccineCode',
    value: words('protocolApplied.series', 'statusReason', 'occurrenceString'),
    completedIs: 'active',
  },
  ImmunizationRecommendation: { ...plan, title: ['recommendation.vaccineCode'], when: ['date'] },
  DiagnosticReport: {
    ...report,
    place: reportPlace,
    title: ['code', 'category'],
    when: ['effectiveDateTime', 'effectivePeriod.start', 'effectivePeriod.end', 'issued'],
    value: words('conclusion', 'conclusionCode'),
  },
  ImagingStudy: {
    ...report,
    title: ['description', 'procedureCode', 'series.description', 'modality'],
    when: ['started'],
    codes: 'procedureCode',
    value: each('series', 'description'),
  },
  RiskAssessment: {
    ...report,
    title: ['code', 'method', 'prediction.outcome'],
    when: ['occurrenceDateTime', 'occurrencePeriod.start'],
    value: words('prediction.qualitativeRisk', 'mitigation'),
  },
  Procedure: {
    kind: 'procedure',
    section: 'procedures',
    title: ['code', 'category'],
    when: ['performedDateTime', 'performedPeriod.start', 'performedPeriod.end'],
    value: words('outcome', 'statusReason', 'reasonCode', 'bodySite', 'performedString'),
  },
  Device: {
    kind: 'device',
    section: 'devices',
    title: ['deviceName.name', 'type', 'modelNumber'],
    when: ['manufactureDate'],
    codes: 'type',
  },
  DeviceUseStatement: {
    kind: 'device',
    section: 'devices',
    title: ['device', 'reasonCode'],
    when: ['timingDateTime', 'timingPeriod.start', 'timingTiming.event', 'recordedOn'],
    value: words('bodySite'),
  },
  Consent: {
    ...document,
    place: consentPlace,
    title: ['category', 'scope', 'provision.code'],
    when: ['dateTime'],
    codes: 'category',
  },
  Flag: {
    kind: 'alert',
    section: 'alerts',
    title: ['code', 'category'],
    when: ['period.start'],
  },
  DetectedIssue: {
    kind: 'alert',
    section: 'alerts',
    title: ['code', 'detail'],
    when: ['identifiedDateTime', 'identifiedPeriod.start'],
  },
  AdverseEvent: {
    kind: 'alert',
    section: 'alerts',
    title: ['event', 'category'],
    when: ['date', 'detected', 'recordedDate'],
    codes: 'event',
    status: 'actuality',
  },
  ClinicalImpression: {
    kind: 'functional-status',
    section: 'functioning',
    title: ['code', 'description', 'summary'],
    when: ['effectiveDateTime', 'effectivePeriod.start', 'date'],
    value: words('summary'),
  },
  CarePlan: {
    ...plan,
    title: ['title', 'description', 'category', 'activity.detail.code', 'activity.detail.description'],
    when: ['period.start', 'created'],
    codes: 'category',
    value: each('activity', 'detail.code'),
  },
  Goal: {
    kind: 'goal',
    section: 'plans',
    title: ['description'],
    when: ['startDate', 'statusDate'],
    codes: 'description',
    status: 'lifecycleStatus',
    value: words('achievementStatus'),
  },
  ServiceRequest: {
    ...plan,
    title: ['code', 'category'],
    when: ['occurrenceDateTime', 'occurrencePeriod.start', 'occurrenceTiming.event', 'authoredOn'],
    value: words('reasonCode', 'patientInstruction'),
  },
  NutritionOrder: {
    ...plan,
    title: ['oralDiet.type', 'supplement.type', 'enteralFormula.baseFormulaType', 'oralDiet.instruction'],
    when: ['dateTime'],
    codes: 'oralDiet.type',
    value: words('oralDiet.instruction', 'supplement.instruction'),
  },
  VisionPrescription: { ...plan, title: ['lensSpecification.product'], when: ['dateWritten', 'created'] },
  DeviceRequest: {
    ...plan,
    title: ['codeCodeableConcept', 'codeReference'],
    when: ['occurrenceDateTime', 'authoredOn'],
  },
  Encounter: {
    kind: 'visit',
    section: 'visits',
    title: ['type', 'serviceType', 'reasonCode', 'class'],
    when: ['period.start'],
    codes: 'type',
    value: words('reasonCode', 'serviceProvider'),
  },
  EpisodeOfCare: { kind: 'visit', section: 'visits', title: ['type'], when: ['period.start'], codes: 'type' },
  Appointment: {
    kind: 'visit',
    section: 'visits',
    title: ['description', 'serviceType', 'appointmentType', 'reasonCode'],
    when: ['start', 'requestedPeriod.start', 'created'],
    codes: 'serviceType',
    value: words('comment', 'patientInstruction'),
  },
  DocumentReference: {
    ...document,
    place: advanceDirectiveDocument,
    title: ['description', 'type', 'content.attachment.title', 'category'],
    when: ['context.period.start', 'date', 'content.attachment.creation'],
    codes: 'type',
    value: words('content.attachment.title'),
  },
  Composition: { ...document, title: ['title', 'type'], when: ['date'], codes: 'type' },
  Media: {
    ...document,
    title: ['content.title', 'type', 'view', 'reasonCode'],
    when: ['createdDateTime', 'createdPeriod.start', 'issued'],
    codes: 'type',
    completedIs: 'active',
  },
  QuestionnaireResponse: {
    ...document,
    title: ['_questionnaire.extension.valueString', 'item.text'],
    when: ['authored'],
    completedIs: 'active',
  },
  Communication: {
    ...document,
    title: ['topic', 'payload.contentString', 'category'],
    when: ['sent', 'received'],
    codes: 'topic',
  },
  FamilyMemberHistory: {
    kind: 'family-member',
    section: 'family-history',
    title: ['relationship', 'name'],
    when: ['date'],
    codes: 'relationship',
    value: each('condition', 'code'),
    completedIs: 'active',
  },
  CareTeam: {
    ...person,
    title: ['name', 'category', 'participant.member', 'reasonCode'],
    when: ['period.start'],
    codes: 'category',
    value: teamWords,
  },
  Practitioner: { ...person, title: [], when: [], value: words('qualification.code') },
  PractitionerRole: {
    ...person,
    title: ['practitioner', 'code', 'organization'],
    when: ['period.start'],
    value: words('code', 'specialty'),
  },
  RelatedPerson: { ...person, title: [], when: ['period.start'], codes: 'relationship', value: words('relationship') },
  Organization: { ...person, title: [], when: [], codes: 'type', value: words('type') },
  Coverage: {
    kind: 'coverage',
    section: 'coverage',
    title: ['payor', 'type', 'class.name'],
    when: ['period.start'],
    codes: 'type',
    value: words('type', 'class.name'),
  },
  Patient: { kind: 'person', section: 'about-me', title: [], when: [] },
}

/** Types kept under "other" are called by whichever of these has words. */
const OTHER: Rule = {
  kind: 'other',
  section: 'other',
  title: [
    'code',
    'title',
    'name',
    'type',
    'description',
    'display',
    'category',
    'text',
    'reasonCode',
    'topic',
    'relationship',
    'item.productOrService',
    'activity',
    'agent.who',
  ],
  when: [
    'effectiveDateTime',
    'occurrenceDateTime',
    'occurredDateTime',
    'billablePeriod.start',
    'created',
    'recorded',
    'authoredOn',
    'collection.collectedDateTime',
    'receivedTime',
    'date',
    'start',
    'period.start',
  ],
}

const insurance = { ...OTHER, kind: 'coverage' } as const
const claim = { ...OTHER, kind: 'claim' } as const

/** Kept under "other" and not explained, but told apart: whom it concerns looks for it by its name. */
const NAMED_OTHERS: Readonly<Record<string, Rule>> = {
  // A doctor's name would read as if the entry were the doctor; the screen says what it is.
  Provenance: { ...OTHER, title: [], value: words('agent.who') },
  CoverageEligibilityRequest: insurance,
  CoverageEligibilityResponse: insurance,
  EnrollmentRequest: insurance,
  EnrollmentResponse: insurance,
  InsurancePlan: insurance,
  Account: claim,
  ChargeItem: claim,
  Claim: claim,
  ClaimResponse: claim,
  ExplanationOfBenefit: claim,
  Invoice: claim,
  PaymentNotice: claim,
  PaymentReconciliation: claim,
}

const RULE_BY_TYPE: ReadonlyMap<string, Rule> = new Map(Object.entries({ ...RULES, ...NAMED_OTHERS }))

export function ruleFor(resourceType: string): Rule {
  return RULE_BY_TYPE.get(resourceType) ?? OTHER
}
