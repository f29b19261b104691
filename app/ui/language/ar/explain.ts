import type { explain as english } from '../en/explain.ts'
import type { Message } from '../message.ts'

export const explain: Record<keyof typeof english, Message> = {
  'explain.what': 'ما هذا؟',
  'explain.ask': 'اسأل من طلب الفحص عن معنى نتيجتك أنت.',
  'explain.own': 'كتبه Wellkeep بكلماته بكل اللغات، والترجمات من Wellkeep نفسه.',
  'explain.source': 'عن MedlinePlus، المكتبة الوطنية للطب (الولايات المتحدة)، قُرئ في {date}:',
}
