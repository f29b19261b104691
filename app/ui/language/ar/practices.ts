import type { practices as en } from '../en/practices.ts'
import type { Message } from '../message.ts'

export const practices = {
  'keep.relation.practice': 'عيادة: أعالج المرضى مع آخرين',
  'keep.practice.name': 'اسم العيادة',
  'keep.practice.what':
    'يتعرف المرضى إلى العيادة ويشاركونها. وكل من تُدخله من الفريق يقرأ ويجيب باسمها، ويظهر اسمه عند ما يفعله. ولها 24 كلمة خاصة بها.',
  'staff.for': '{staff}، {name}',
  'staff.title': 'الفريق',
  'staff.lead':
    'كل من هنا يعمل باسم {name}. ومن يُزال لا يقرأ شيئًا جديدًا: فورًا حيث كتبت العيادة أولًا، وفي غير ذلك بعد أن يفتح كل مريض Wellkeep من جديد.',
  'switch.practice': 'عيادة',
  'patients.pending': {
    zero: 'لا مرضى لم يعطوا مفاتيح جديدة',
    one: 'مريض واحد لم يعطِ مفاتيح جديدة بعد',
    two: 'مريضان لم يعطيا مفاتيح جديدة بعد',
    few: '{count} مرضى لم يعطوا مفاتيح جديدة بعد',
    many: '{count} مريضًا لم يعطوا مفاتيح جديدة بعد',
    other: '{count} مريض لم يعطوا مفاتيح جديدة بعد',
  },
  'patients.pending.text':
    'أُزيل جهاز أو أحد أفراد الفريق. وإلى أن يفتح هؤلاء المرضى Wellkeep في المرة القادمة قد يُقرأ ما يكتبونه ويشاركونه بالمفاتيح السابقة: {names}.',
} as const satisfies Record<keyof typeof en, Message>
