import type { Message } from '../message.ts'
import type { common as en } from '../en/common.ts'

export const common = {} satisfies Record<keyof typeof en, Message>
