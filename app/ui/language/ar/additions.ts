import type { additions as en } from '../en/additions.ts'
import type { Message } from '../message.ts'

export const additions = {
  'request.title.addition': 'للسجل: {title}',
  'addition.state.proposed': 'بانتظار القبول',
  'addition.state.accepted': 'في السجل',
  'addition.step.accept': 'اقبل',
  'addition.did.propose': 'كتبه للسجل',
  'addition.did.accept': 'قبله',
} as const satisfies Record<keyof typeof en, Message>
