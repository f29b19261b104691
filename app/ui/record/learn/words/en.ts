import type { LibraryWords } from '../library-words.ts'
import { alsoCalled } from './en/condition-names.ts'
import { conditions } from './en/conditions.ts'
import { medicines } from './en/medicines.ts'
import { tests } from './en/tests.ts'

export const words: LibraryWords = { ...conditions, ...medicines, alsoCalled, tests }
