import type { comparing as english } from '../en/comparing.ts'
import type { Message } from '../message.ts'

export const comparing: Record<keyof typeof english, Message> = {
  'beside.with': 'المقارنة مع',
  'beside.with.before': 'عدد الأيام نفسه قبلها',
  'beside.with.none': 'لا شيء',
  'beside.from': 'أيام المقارنة: من',
  'beside.to': 'أيام المقارنة: إلى',
  'beside.about': 'هذه الفترة، والأيام التي تقارنها بها. الأوقات كما كانت على الساعة حيث كنت.',
  'beside.about.alone': 'هذه الفترة. الأوقات كما كانت على الساعة حيث كنت.',
  'beside.choose': 'اختر الأيام التي تريد المقارنة بها.',
  'beside.none': 'لا توجد قيم في الأيام التي تقارن بها.',
  'beside.lower': '{what}: المتوسط {now}، أي أقل بمقدار {by} منه في أيام المقارنة ({other}).',
  'beside.higher': '{what}: المتوسط {now}، أي أعلى بمقدار {by} منه في أيام المقارنة ({other}).',
  'beside.same': '{what}: المتوسط {now}، وهو تقريبًا كما في أيام المقارنة.',
  'beside.share': 'ضمن الهدف: {now}% من القيم في هذه الفترة، و{other}% في أيام المقارنة.',
  'beside.shared': 'للفترتين أيام مشتركة. تُحسب قيم تلك الأيام في كلتيهما.',
  'beside.meaning': 'هذه أرقام فقط. اسأل فريق رعايتك عمّا يعنيه الفرق لك.',
}
