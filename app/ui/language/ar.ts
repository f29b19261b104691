import { common } from './ar/common.ts'
import { record } from './ar/record.ts'
import { vault } from './ar/vault.ts'
import type { Words } from './language.ts'
export const ar = { ...common, ...vault, ...record } satisfies Words
