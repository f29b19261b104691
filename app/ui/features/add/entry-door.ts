import { createContext } from 'solid-js'
import type { EntryFields } from '#schema/record/entry.ts'
import type { PlainKey } from '../../language/language.ts'

/** Where a form's entries go where they are not added to the record that is shown. */
export interface EntryDoor {
  /** What is pressed to give them. */
  readonly act: PlainKey
  /** Undefined where they did not go: what went wrong is said by who put the door there. */
  give(entries: readonly EntryFields[]): Promise<Given | undefined>
}

interface Given {
  /** The page to go to. */
  readonly path: string
  readonly words: string
}

export const EntryDoorContext = createContext<EntryDoor>()
