import type { LibraryWords } from '../library-words.ts'
import { alsoCalled } from './ar/condition-names.ts'
import { conditions } from './ar/conditions.ts'
import { medicines } from './ar/medicines.ts'
import { tests } from './ar/tests.ts'

export const words: LibraryWords = { ...conditions, ...medicines, alsoCalled, tests }
