import { common } from './en/common.ts'
import { record } from './en/record.ts'
import { vault } from './en/vault.ts'

export const en = { ...common, ...vault, ...record }
