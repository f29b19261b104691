import type { push as en } from '../en/push.ts'
import type { Message } from '../message.ts'

export const push = {
  'push.title': 'أخبر هذا الجهاز بأن شيئًا وصل',
  'push.text':
    'عندما يكون Wellkeep مغلقًا يمكن لهذا الجهاز أن يعرض «جديد في Wellkeep»، من دون ما هو ولا ممّن هو. وهو متوقف حتى تشغّله، ويخص هذا الجهاز وحده.',
  'push.reveals':
    'الخدمة التي تنقل الإشارة تديرها الجهة الصانعة لمتصفحك. وهي تعرف أن شيئًا وصل إلى هذا المتصفح ومتى، لا ما هو ولا ممّن. ويعرف الخادم أي جهاز ينبّه.',
  'push.turnOn': 'أخبر هذا الجهاز',
  'push.turnOff': 'أوقف إخبار هذا الجهاز',
  'push.impossible':
    'لا يمكن إخبار هذا المتصفح وWellkeep مغلق. على iPhone أو iPad أضف Wellkeep أولًا إلى الشاشة الرئيسية وافتحه منها.',
  'push.refused': 'لم يُسمح للمتصفح بذلك. يمكنك تغييره في إعداداته لهذا الموقع.',
  'push.failed': 'لم يستطع المتصفح إعداد ذلك. حاول لاحقًا.',
  'push.notOffered': 'لا يقدّم خادمك هذا لمتصفحك.',
  'push.unreachable': 'لا يمكن الوصول إلى الخادم الآن. حاول مرة أخرى عندما تكون متصلًا.',
  'push.quiet': 'ساعات الهدوء',
  'push.quiet.text':
    'في هذه الساعات لا يُعرض شيء، وما وصل يُخبَر به مرة واحدة في نهايتها. الخادم وحده يستطيع تأخيره، لذلك يُعطى هذه الساعات، ومعها متى قد تكون نائمًا.',
  'push.quiet.from': 'من',
  'push.quiet.to': 'حتى',
  'push.shown': 'جديد في Wellkeep',
} as const satisfies Record<keyof typeof en, Message>
