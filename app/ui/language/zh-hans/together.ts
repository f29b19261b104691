import type { together as en } from '../en/together.ts'
import type { Message } from '../message.ts'

export const together = {
  'author.added': '由{name}添加',
  'author.addedByYou': '由您添加',
  'author.addedBySomebody': '由有权限的人添加',
  'author.at': '{when}，{name}',
  'author.atByYou': '{when}，您本人',
  'author.atByYouOn': '{when}，您本人，在“{device}”上',
  'author.atBySomebody': '{when}，有权限的人',
} satisfies Record<keyof typeof en, Message>
