import type { annotations as en } from '../en/annotations.ts'
import type { Message } from '../message.ts'

export const annotations = {
  'kind.annotation': 'ملاحظة على مُدخل',
  'kinds.annotation': 'ملاحظات على المُدخلات',
  'annotation.title': 'ملاحظات',
  'annotation.none': 'لا توجد ملاحظات بعد. تبقى الملاحظة بجانب ما هو مكتوب هنا ولا تغيّر منه شيئاً.',
  'annotation.add': 'إضافة ملاحظة',
  'annotation.edit': 'تعديل الملاحظة',
  'annotation.about': 'ستكون الملاحظة بجانب «{title}».',
  'annotation.text': 'ملاحظتك',
  'annotation.hint': 'من يستطيع رؤية هذا المُدخل يرى الملاحظة أيضاً.',
  'annotation.fileHint': 'من يستطيع رؤية ذلك المُدخل يرى هذا أيضاً. وستجده كذلك بين مستنداتك.',
  'attachment.pdf': 'يُفتح ملف PDF في برنامج آخر: احفظ نسخة ثم افتحها. وإن كانت له كلمة مرور فسيطلبها ذلك البرنامج.',
  'annotation.toEntry': 'الانتقال إلى ما تتعلق به',
} satisfies Record<keyof typeof en, Message>
