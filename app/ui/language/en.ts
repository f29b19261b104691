import { atDoor } from './en/at-door.ts'
import { later } from './en/later.ts'

/** Every key, for tests and types: the app loads the two parts apart. */
export const en = { ...atDoor, ...later }
