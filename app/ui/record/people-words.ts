import type { PlainKey } from '../language/language.ts'
import type { VaultState } from '#app/core/session.ts'
import { isPracticeIn } from './is-practice.ts'

/** What the page of people is called: those of a practice are no family. */
export const peopleLabel = (vault: VaultState): PlainKey => (isPracticeIn(vault) ? 'practice.people' : 'nav.people')
