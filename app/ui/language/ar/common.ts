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
  'nav.people.short': 'العائلة',
  'nav.devices': 'الأجهزة',
  'nav.settings': 'الإعدادات',
  'nav.bin': 'المحذوفات',
  'nav.more': 'المزيد',
  'nav.skip': 'انتقل إلى المحتوى',
  'nav.lock': 'اقفل الآن',
  'nav.notFound.title': 'لا توجد صفحة كهذه',
  'nav.notFound.text': 'ربما كُتب العنوان خطأً، أو حُذف ما كان يشير إليه.',
  'nav.notFound.home': 'إلى الصفحة الرئيسية',

  'toast.region': 'الرسائل',
  'toast.dismiss': 'إخفاء',

  'failed.title': 'حدث خطأ في هذه الصفحة',
  'failed.text': 'سجلك بأمان: لم يضع شيء مما حُفظ. أعد المحاولة، أو أعد تحميل التطبيق.',
  'failed.reload': 'أعد تحميل التطبيق',
} satisfies Record<keyof typeof en, Message>
