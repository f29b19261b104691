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
  'server.code.notTakenSince':
    'لا يعرف الخادم الرمز الذي أدخلته، أو لم يعد يعرفه. يُحفظ كل شيء على هذا الجهاز فقط. اطلب رمزًا آخر من مضيفه.',
  'server.code.locked': 'سجلك مقفل. افتحه أولًا.',
}
