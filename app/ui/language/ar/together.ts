import type { together as en } from '../en/together.ts'
import type { Message } from '../message.ts'

export const together = {
  'author.added': 'أضافه {name}',
  'author.addedByYou': 'أنت من أضافه',
  'author.addedBySomebody': 'أضافه شخص لديه حق الوصول',
  'author.at': '{when}، بواسطة {name}',
  'author.atByYou': '{when}، بواسطتك',
  'author.atByYouOn': '{when}، بواسطتك على «{device}»',
  'author.atBySomebody': '{when}، بواسطة شخص لديه حق الوصول',
} satisfies Record<keyof typeof en, Message>
