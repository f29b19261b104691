import { atDoor } from './ar/at-door.ts'
import { later } from './ar/later.ts'

/** Every key, for tests and types: the app loads the two parts apart. */
export const ar = { ...atDoor, ...later }
