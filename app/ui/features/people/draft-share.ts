import type { ShareRole } from '#app/core/share-session.ts'
import type { Section } from '#schema/record/sections.ts'
import type { UntilDraft } from '../../record/until.ts'

/** What a person has chosen of a share so far. */
export interface ShareDraft extends UntilDraft {
  readonly sections: readonly Section[]
  readonly role: ShareRole
  readonly withHistory: boolean
}

export const NEW_SHARE: ShareDraft = { sections: [], until: 'month', date: '', role: 'read', withHistory: false }

/** Chosen one by one, never together with the others: decision 11 says why each is here. */
export const SENSITIVE: ReadonlySet<Section> = new Set<Section>([
  'social',
  'pregnancy',
  'directives',
  'story',
  'family-history',
  'documents',
  'coverage',
  'about-me',
  'other',
])

/** With or without `section`, in the order of all sections. */
export function withSection(
  sections: readonly Section[],
  section: Section,
  isOn: boolean,
  order: readonly Section[],
): readonly Section[] {
  return order.filter(each => (each === section ? isOn : sections.includes(each)))
}
