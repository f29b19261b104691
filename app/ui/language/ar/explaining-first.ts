import type { explainingFirst as english } from '../en/explaining-first.ts'
import type { Message } from '../message.ts'

export const explainingFirst: Record<keyof typeof english, Message> = {
  'first.set': 'شرح الفحص قبل عرض نتيجة جديدة',
  'first.set.about':
    'تُفتح عندها كل نتيجة من آخر 30 يومًا بشرح فحصها، ولمسة واحدة تعرضها. أما ما وسمه المختبر بأنه حرج، والفحوص التي لا شرح لها هنا، فتُعرض فورًا.',
  'first.row': 'جديدة: افتحها لتراها',
  'first.about': 'هناك نتيجة جديدة. أولًا ما هو هذا الفحص، كما اخترت؛ ثم اعرض النتيجة متى شئت.',
  'first.show': 'عرض النتيجة',
  'first.off': 'يمكنك إيقاف هذا في صفحة نتائج الفحوص أو في الإعدادات.',
}
