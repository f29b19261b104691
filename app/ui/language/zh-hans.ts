import { atDoor } from './zh-hans/at-door.ts'
import { later } from './zh-hans/later.ts'

/** Every key, for tests and types: the app loads the two parts apart. */
export const zhHans = { ...atDoor, ...later }
