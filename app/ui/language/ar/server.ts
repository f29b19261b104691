import type { server as en } from '../en/server.ts'
import type { Message } from '../message.ts'

/** Words of the page about one’s own server. */
export const server = {
  'server.title': 'خادمك',
  'server.sample': 'لا يوجد السجل التجريبي على أي خادم، بل يبقى على هذا الجهاز.',
  'server.code.title': 'من يقبلهم',
  'server.code.given': 'أدخلت رمزًا، وأجهزتك الأخرى تستخدمه أيضًا. إن أعطاك المضيف رمزًا آخر فأدخله هنا.',
  'server.code.hint': 'أعطاك إياه من يدير هذا الخادم، ربما على ورقة أو في رسالة.',
  'server.code.notAsked': 'يقبل هذا الخادم الجميع ولا يطلب رمزًا.',
  'server.code.unreachable': 'لا يمكن الوصول إلى الخادم الآن، فلا يُعرف هل يطلب رمزًا.',
  'server.code.use': 'استخدم هذا الرمز',
  'server.code.taken': 'حُفظ الرمز لكل أجهزتك',
  'server.code.notTaken': 'لا يعرف الخادم هذا الرمز. تأكد أنه كامل، أو اسأل مضيفه.',
  'server.code.locked': 'سجلك مقفل. افتحه أولًا.',
  'server.second.title': 'خادم ثانٍ',
  'server.second.text':
    'تصله من أجهزتك نسخة مختومة من كل ما لديك. إن فُقد خادمك يومًا فافتح Wellkeep على الخادم الثاني واستعد سجلك بكلماتك الأربع والعشرين.',
  'server.second.not':
    'لا تُنسخ السجلات التي ترعاها لغيرك ولا الدوائر ولا الروابط التي أعطيتها، فهي تؤدي إلى خادمك أنت.',
  'server.second.add': 'أضف خادمًا ثانيًا',
  'server.second.address': 'عنوانه',
  'server.second.codeHint': 'إن كان لا يقبل إلا من أعطاه مضيفه رمزًا.',
  'server.second.asks': 'من يدير \u2066{host}\u2069 يحصل على كل ما يُختم من الآن، ولا يستطيع قراءة شيء منه.',
  'server.second.own': 'هذا هو الخادم الذي تستخدمه.',
  'server.second.away': 'لا يمكن الوصول إلى هذا الخادم الآن، أو لا وجود له.',
  'server.second.noRelay': 'ما يجيب هناك ليس خادم Wellkeep.',
  'server.second.needsCode': 'لا يقبل هذا الخادم إلا من أعطاه مضيفه رمزًا. أدخله.',
  'server.second.working': 'النسخة في طريقها.',
  'server.second.level': 'كان كل شيء هناك في {time}.',
  'server.second.unreachable': 'لا يمكن الوصول إليه الآن. تواصل أجهزتك المحاولة.',
  'server.second.not-admitted': 'لم يعد يقبلك دون رمز آخر. أزله ثم أضفه من جديد بذلك الرمز.',
  'server.second.full': 'لم يعد لديه متسع لك. اطلب المزيد من مضيفه.',
  'server.second.refused': 'يرفض النسخة. أخبر مضيفه بالسبب: «\u2066{reason}\u2069».',
  'server.second.partly': {
    zero: 'لا ينقصه شيء.',
    one: 'ينقصه جزء قديم واحد لم يكن على هذا الجهاز قط. افتح Wellkeep على أقدم أجهزتك.',
    two: 'ينقصه جزآن قديمان لم يكونا على هذا الجهاز قط. افتح Wellkeep على أقدم أجهزتك.',
    few: 'تنقصه {count} أجزاء قديمة لم تكن على هذا الجهاز قط. افتح Wellkeep على أقدم أجهزتك.',
    many: 'ينقصه {count} جزءًا قديمًا لم يكن على هذا الجهاز قط. افتح Wellkeep على أقدم أجهزتك.',
    other: 'ينقصه {count} جزء قديم لم يكن على هذا الجهاز قط. افتح Wellkeep على أقدم أجهزتك.',
  },
  'server.second.remove': 'أزل الخادم الثاني',
  'server.second.removeText': 'يمكن حذف ما هو على \u2066{host}\u2069 أولًا. إن تركته بقي لدى مضيفه مختومًا.',
  'server.second.delete': 'احذف ما هناك',
  'server.second.leave': 'اتركه هناك',
  'server.second.notDeleted': 'لا يمكن الوصول إلى الخادم، فلم يُحذف شيء ولم يتغير شيء.',
} satisfies Record<keyof typeof en, Message>
