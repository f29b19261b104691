import type { DoorWords } from '../language.ts'
import { common } from './common.ts'
import { emergencyDoor } from './emergency-door.ts'
import { passkeysAtDoor } from './passkeys.ts'
import { vault } from './vault.ts'
import { waiting } from './waiting.ts'

/** Words of the pages before a record is open, and of what stands on every page. */
export const atDoor = { ...common, ...emergencyDoor, ...vault, ...passkeysAtDoor, ...waiting } satisfies DoorWords
