import type { news as en } from '../en/news.ts'
import type { Message } from '../message.ts'

export const news = {
  'news.title': 'الجديد',
  'news.lead': 'يختفي السطر عندما تنظر إلى ما يخصه أو تجيب عنه.',
  'news.none': 'لا جديد',
  'news.none.text': 'سيظهر هنا ما يكتبه إليك الآخرون أو يطلبونه منك أو يشاركونه معك.',
  'news.count': {
    zero: 'لا جديد',
    one: 'جديد واحد',
    two: 'جديدان',
    few: '{count} جديدة',
    many: '{count} جديدًا',
    other: '{count} جديد',
  },
  'news.waiting': {
    zero: 'لا طلب ينتظرك',
    one: 'طلب واحد ينتظرك',
    two: 'طلبان ينتظرانك',
    few: '{count} طلبات تنتظرك',
    many: '{count} طلبًا ينتظرك',
    other: '{count} طلب ينتظرك',
  },
  'news.toRead': {
    zero: 'لا شيء للقراءة',
    one: 'شيء واحد للقراءة',
    two: 'شيئان للقراءة',
    few: '{count} أشياء للقراءة',
    many: '{count} شيئًا للقراءة',
    other: '{count} شيء للقراءة',
  },
  'news.answered': {
    zero: 'لا جديد في الطلبات',
    one: 'جديد في طلب واحد',
    two: 'جديد في طلبين',
    few: 'جديد في {count} طلبات',
    many: 'جديد في {count} طلبًا',
    other: 'جديد في {count} طلب',
  },
  'news.share': 'يريد {name} أن يشاركك سجله',
  'news.kept.offered': {
    zero: 'لا مشاركة تنتظر جوابًا',
    one: 'مشاركة واحدة تنتظر جوابًا',
    two: 'مشاركتان تنتظران جوابًا',
    few: '{count} مشاركات تنتظر جوابًا',
    many: '{count} مشاركة تنتظر جوابًا',
    other: '{count} مشاركة تنتظر جوابًا',
  },
  'news.offer': 'سجل {name} معروض عليك',
  'news.answer': 'ينتظر جوابك',
} as const satisfies Record<keyof typeof en, Message>
