import type { LibraryWords } from '../library-words.ts'
import { alsoCalled } from './es/condition-names.ts'
import { conditions } from './es/conditions.ts'
import { medicines } from './es/medicines.ts'
import { tests } from './es/tests.ts'

export const words: LibraryWords = { ...conditions, ...medicines, alsoCalled, tests }
