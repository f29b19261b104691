import type { looking as en } from '../en/looking.ts'
import type { Message } from '../message.ts'

export const looking = {
  'nav.record': 'السجل',
  'nav.track.short': 'قياسات',
  'record.lead': 'كل ما يُحفظ هنا، قسمًا قسمًا.',
  'record.ways': 'طرق تصفّح السجل',
  'record.timeline': 'السجل الزمني والبحث',
  'record.sections': 'الأقسام',
  'record.empty': 'لا شيء هنا بعد',
} satisfies Record<keyof typeof en, Message>
