import { ConversationId } from '../ids.ts'

/**
 * What people share, each a log with its own keys. The first sixteen are those of the International Patient Summary
 * (https://hl7.org/fhir/uv/ips/), in the patient's words.
 */
export const SECTIONS = [
  'problems',
  'allergies',
  'medicines',
  'immunizations',
  'results',
  'procedures',
  'devices',
  'directives',
  'alerts',
  'functioning',
  'past-problems',
  'pregnancy',
  'story',
  'plans',
  'social',
  'vitals',
  'visits',
  'documents',
  'family-history',
  'care-team',
  'coverage',
  /** Patient resources: who the record is about. */
  'about-me',
  /** What we keep and export but don't explain (claims, provenance, anything unknown). */
  'other',
] as const

export type Section = (typeof SECTIONS)[number]

/** What a log of a record holds: a section, or what of all sections is private and stands in no share (decision 12). */
export const LOG_SECTIONS = [...SECTIONS, 'private'] as const

export type LogSection = (typeof LOG_SECTIONS)[number]

/** A conversation between people, a log of its own and no part of the record (decision 49). */
export type ConversationName = `conversation/${ConversationId}`

/** What is shared by a grant: a section of the record, or a conversation. */
export type SharedName = Section | ConversationName

/** What a log that the keyring names holds. */
export type LogName = LogSection | ConversationName

const CONVERSATION = 'conversation/'

export function conversationName(id: ConversationId): ConversationName {
  return `${CONVERSATION}${id}`
}

/** Undefined for a section. */
export function conversationIn(name: string): ConversationId | undefined {
  return name.startsWith(CONVERSATION) ? ConversationId.parse(name.slice(CONVERSATION.length)) : undefined
}

export function isConversation(name: string): name is ConversationName {
  return conversationIn(name) !== undefined
}

export function parseSharedName(name: string): SharedName | undefined {
  return isConversation(name) ? name : SECTIONS.find(section => section === name)
}

/** The sections of a record among them, in the order of SECTIONS. */
export function sectionsAmong(names: readonly LogName[]): readonly Section[] {
  return SECTIONS.filter(section => names.includes(section))
}
