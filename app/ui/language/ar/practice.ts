import type { practice as practiceEn } from '../en/practice.ts'
import type { Message } from '../message.ts'

export const practice = {
  'practice.title': 'تدرّب على عدّة الاسترداد',
  'practice.lead':
    'أحضر الورقة التي عليها كلماتك الـ24 واكتبها أو امسح رمزها. تُقارَن فقط: لا يتغير شيء ولا يُحفظ منها شيء.',
  'practice.act': 'تحقّق من صحتها',
  'practice.done.title': 'هذه كلمات سجلك',
  'practice.done.text': 'أعد الورقة إلى مكانها. ستُسأل مرة أخرى بعد سنة.',
  'practice.other': 'هذه كلمات سجل آخر. ابحث عن ورقة هذا السجل.',
  'practice.lost.title': 'ألا تجد الورقة؟',
  'practice.lost.text':
    'سجلك في أمان ما دام هذا الجهاز يفتحه. أنشئ ملف نسخة احتياطية واكتب رمزه على ورقة، أو انقل بياناتك إلى سجل جديد تكون له عدّة جديدة.',
  'practice.lost.act': 'إلى ملف النسخة الاحتياطية',
  'practice.sample': 'ليس للسجل التجريبي عدّة استرداد.',
  'practice.sample.text':
    'في سجل لك تُحضر مرة في السنة الورقة التي عليها كلماتك الـ24 وتكتبها هنا، أو تمسح رمزها. تُقارَن فقط، لتعرف أن الورقة ما زالت تفتح سجلك.',
  'practice.remind.title': 'هل عدّة الاسترداد ما زالت حيث وضعتها؟',
  'practice.remind.text': 'مرّت سنة على آخر مرة كتبت فيها كلماتك الـ24. إذا فُقد هذا الجهاز فالورقة وحدها تعيد سجلك.',
  'practice.remind.act': 'ابحث عنها وجرّبها',
  'practice.link': 'التدرّب على عدّة الاسترداد',
} as const satisfies Record<keyof typeof practiceEn, Message>
