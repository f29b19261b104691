import type { LibraryWords } from '../library-words.ts'
import { alsoCalled } from './zh-hans/condition-names.ts'
import { conditions } from './zh-hans/conditions.ts'
import { medicines } from './zh-hans/medicines.ts'
import { tests } from './zh-hans/tests.ts'

export const words: LibraryWords = { ...conditions, ...medicines, alsoCalled, tests }
