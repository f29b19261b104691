import { atDoor } from './es/at-door.ts'
import { later } from './es/later.ts'

/** Every key, for tests and types: the app loads the two parts apart. */
export const es = { ...atDoor, ...later }
