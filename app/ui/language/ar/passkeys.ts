import type { passkeysAtDoor as passkeysAtDoorEn, passkeys as passkeysEn } from '../en/passkeys.ts'
import type { Message } from '../message.ts'

export const passkeysAtDoor = {
  'passkey.unlock': 'افتح القفل بمفتاح المرور',
  'passkey.notUsed': 'لم يُستخدم مفتاح المرور. أعد المحاولة أو اكتب عبارة المرور.',
  'passkey.notHere': 'تعذّر استخدام مفتاح المرور في هذا المتصفح. اكتب عبارة المرور.',
  'passkey.wrong': 'مفتاح المرور هذا لا يفتح هذا السجل. اكتب عبارة المرور، ثم أضف المفتاح من جديد في الإعدادات.',
} as const satisfies Record<keyof typeof passkeysAtDoorEn, Message>

export const passkeys = {
  'passkey.title': 'فتح القفل بمفتاح مرور',
  'passkey.text':
    'يمكن لوجهك أو إصبعك أو رمز PIN أو مفتاح أمان أن يفتح سجلك على هذا الجهاز، إلى جانب عبارة المرور. تبقى عبارة المرور صالحة، وستكتبها قبل أن تشارك أو تحفظ نسخة أو تُدخل جهازًا آخر.',
  'passkey.warning':
    'كل من يستطيع استخدام مفتاح مرورك يفتح سجلك هنا: من يعرف رمز PIN لهذا الجهاز، أو من معه مفتاح أمانك ورمزه. وإذا كان حساب مثل حساب Apple أو Google يحفظ مفاتيح مرورك، فكذلك من يدخل ذلك الحساب ومعه هذا الجهاز.',
  'passkey.impossible':
    'ليس في هذا المتصفح مفاتيح مرور تستطيع فتح سجل: ينقصه الجزء المسمى «PRF». عبارة المرور تفتحه كالمعتاد.',
  'passkey.add': 'أضف مفتاح مرور',
  'passkey.name': 'اسمه في قائمتك هنا',
  'passkey.name.hint': 'مثل «هاتفي» أو «مفتاح الأمان الأزرق».',
  'passkey.unnamed': 'مفتاح مرور',
  'passkey.account': 'سجلي',
  'passkey.added': 'أُضيف في {date}',
  'passkey.done': 'من الآن يفتح مفتاح المرور هذا سجلك على هذا الجهاز.',
  'passkey.removeOf': 'أزل مفتاح المرور {name}',
  'passkey.remove.title': 'هل تزيل مفتاح المرور {name}؟',
  'passkey.remove.text':
    'لن يفتح سجلك على هذا الجهاز بعد ذلك؛ عبارة المرور تفتحه. قد يبقى في قائمة ما يحفظ مفاتيح مرورك، ويمكنك حذفه هناك.',
  'passkey.removed': 'لم يعد مفتاح المرور {name} يفتح شيئًا هنا.',
  'passkey.failed.cancelled': 'لم يُضف مفتاح مرور: أُلغي الأمر أو طال الوقت أو لا شيء هنا يستطيع حفظه. لم يتغير شيء.',
  'passkey.failed.no-prf':
    'ما اخترته لا يستطيع فتح سجل: ينقصه الجزء المسمى «PRF». لم يتغير شيء. جرّب غيره، مثل مفتاح أمان أحدث.',
  'passkey.failed.already': 'ما اخترته فيه مفتاح مرور لهذا السجل من قبل.',
  'passkey.failed.not-at-this-address': 'لا تعمل مفاتيح المرور إلا على عنوان آمن (https) له اسم. لم يتغير شيء.',
  'passkey.failed.invalid': 'تعذّرت إضافة مفتاح المرور هذا: ما أجاب به لا يصلح، أو هناك 16 مفتاحًا بالفعل. لم يتغير شيء.',
} as const satisfies Record<keyof typeof passkeysEn, Message>
