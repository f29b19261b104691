import type { additions as en } from '../en/additions.ts'
import type { Message } from '../message.ts'

export const additions = {
  'request.title.addition': '待入记录：{title}',
  'addition.state.proposed': '等待接受',
  'addition.state.accepted': '已在记录中',
  'addition.step.accept': '接受',
  'addition.did.propose': '为记录写下',
  'addition.did.accept': '接受了',
} as const satisfies Record<keyof typeof en, Message>
