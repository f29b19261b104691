import type { common as en } from '../en/common.ts'
import type { Message } from '../message.ts'

export const common = {
  'app.name': 'Wellkeep',
  'app.loading': 'جارٍ الفتح…',

  'act.add': 'إضافة',
  'act.back': 'رجوع',
  'act.cancel': 'إلغاء',
  'act.close': 'إغلاق',
  'act.edit': 'تعديل',
  'act.remove': 'إزالة',
  'act.save': 'حفظ',
  'act.tryAgain': 'أعد المحاولة',
  'act.undo': 'تراجع',

  'fresh.field': 'عبارة مرورك',
  'pass.needed': 'اكتب عبارة مرورك أولًا.',
  'fresh.wrong': 'هذه ليست عبارة مرورك.',
  'fresh.export.text': 'كل من يحصل على الملف يستطيع قراءته، لذلك تُطلب عبارة مرورك.',
  'fresh.pair.text': 'سيتمكن الجهاز الآخر من قراءة كل شيء وتغييره. عبارة مرورك تؤكد أنك أنت من يسمح له بالدخول.',
  'fresh.pair.act': 'اسمح له بالدخول',
  'fresh.keys.text':
    'ما تشاركه مع {name} سيكون متاحًا في تطبيق Wellkeep الجديد لديه، لا في القديم. عبارة مرورك تؤكد أنك تريد ذلك.',
  'fresh.autoLock.text': 'سيبقى التطبيق مفتوحًا مدة أطول ولا أحد أمامه. عبارة مرورك تؤكد أنك تريد ذلك.',
  'fresh.keys.act': 'اعتمد الجديد',
  'fresh.kit.text': 'هذه الكلمات تفتح كل شيء على أي جهاز. لرؤيتها اكتب عبارة مرورك من فضلك.',
  'fresh.kit.act': 'أظهر عدّة الاسترداد',

  'field.half': 'جزء منه ناقص. أكمله كله أو امسحه كله.',
  'field.optional': 'اختياري',
  'field.show': 'إظهار: {field}',
  'field.hide': 'إخفاء: {field}',
  'field.needed': 'يُرجى ملء هذه الخانة.',

  'nav.label': 'التنقل الرئيسي',
  'nav.home': 'الرئيسية',
  'nav.timeline': 'السجل الزمني',
  'nav.add': 'إضافة',
  'nav.import': 'استيراد',
  'nav.people': 'العائلة والمشاركة',
  'nav.people.short': 'الأشخاص',
  'nav.devices': 'الأجهزة',
  'nav.settings': 'الإعدادات',
  'nav.bin': 'المحذوفات',
  'nav.more': 'المزيد',
  'nav.skip': 'انتقل إلى المحتوى',
  'nav.lock': 'اقفل الآن',
  'nav.notFound.title': 'لا توجد صفحة كهذه',
  'nav.notFound.text': 'ربما كُتب العنوان خطأً، أو حُذف ما كان يشير إليه.',
  'nav.notFound.home': 'إلى الصفحة الرئيسية',

  'text.sentence': '{text}.',

  'toast.region': 'الرسائل',
  'toast.dismiss': 'إخفاء',

  'failed.title': 'حدث خطأ في هذه الصفحة',
  'failed.text': 'سجلك بأمان: لم يضع شيء مما حُفظ. أعد المحاولة، أو أعد تحميل التطبيق.',
  'failed.reload': 'أعد تحميل التطبيق',
} satisfies Record<keyof typeof en, Message>
