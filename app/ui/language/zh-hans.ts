import { common } from './zh-hans/common.ts'
import { record } from './zh-hans/record.ts'
import { vault } from './zh-hans/vault.ts'
import type { Words } from './language.ts'
export const zhHans = { ...common, ...vault, ...record } satisfies Words
