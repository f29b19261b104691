import type { Message } from '../message.ts'
import type { vault as en } from '../en/vault.ts'

export const vault = {} satisfies Record<keyof typeof en, Message>
