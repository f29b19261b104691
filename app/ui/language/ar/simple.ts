import type { simple as simpleEn } from '../en/simple.ts'
import type { Message } from '../message.ts'

export const simple = {
  'simple.set': 'العرض المبسّط: نص أكبر وأزرار كبيرة وأشياء أقل في كل مرة. على هذا الجهاز وحده.',
  'simple.label': 'ماذا تريد أن تفعل؟',
  'simple.home': 'إلى صفحة البداية',
  'simple.medicines': 'أدويتي',
  'simple.measure': 'سجّل قياسًا',
  'simple.results': 'نتائجي',
  'simple.record': 'سجلي وأوراقي',
  'simple.card': 'بطاقة الطوارئ',
  'simple.doctor': 'أرِ الطبيب',
  'simple.more': 'كل شيء آخر',
} as const satisfies Record<keyof typeof simpleEn, Message>
