import { isConversation, type Section, sectionsAmong, type SharedName } from '#schema/record/sections.ts'
import type { KnownShare } from './given-document.ts'
import type { KnownGrant } from './received-document.ts'

/** A share is of sections of a record, or of one conversation (decision 49). */
export function givesConversation({ sections }: Pick<KnownShare, 'sections'>): boolean {
  return sections.some(isConversation)
}

/** Also of one that is over. */
export function bringsConversation({ logs, former }: Pick<KnownGrant, 'logs' | 'former'>): boolean {
  return [...logs, ...former].some(log => isConversation(log.section))
}

/** Those that it names by now, in the order in which sections always stand. */
export function sectionsOf({ logs }: Pick<KnownGrant, 'logs'>): readonly Section[] {
  return sectionsAmong(namesOf(logs))
}

export function namesOf(logs: readonly { readonly section: SharedName }[]): readonly SharedName[] {
  return logs.map(log => log.section)
}
