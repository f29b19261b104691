import type { LibraryWords } from '../library-words.ts'
import { conditions } from './zh-hans/conditions.ts'
import { medicines } from './zh-hans/medicines.ts'
import { tests } from './zh-hans/tests.ts'

export const words: LibraryWords = { ...conditions, ...medicines, tests }
