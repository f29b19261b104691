import type { comparing as english } from '../en/comparing.ts'
import type { Message } from '../message.ts'

export const comparing: Record<keyof typeof english, Message> = {
  'beside.with': '与之比较',
  'beside.with.before': '之前同样多的天数',
  'beside.with.none': '不比较',
  'beside.from': '比较的日期：从',
  'beside.to': '比较的日期：到',
  'beside.about': '这个时段，以及您用来比较的日期。时间以您当时所在地的时钟为准。',
  'beside.about.alone': '这个时段。时间以您当时所在地的时钟为准。',
  'beside.choose': '请选择用来比较的日期。',
  'beside.none': '用来比较的日期里没有数值。',
  'beside.lower': '{what}：平均 {now}，比用来比较的日期（{other}）低 {by}。',
  'beside.higher': '{what}：平均 {now}，比用来比较的日期（{other}）高 {by}。',
  'beside.same': '{what}：平均 {now}，与用来比较的日期大致相同。',
  'beside.share': '在目标内：这个时段有 {now}% 的数值，用来比较的日期有 {other}%。',
  'beside.shared': '两个时段有共同的日期，那些日期的数值在两边都计入。',
  'beside.meaning': '这些只是数字。差异对您意味着什么，请询问您的医护团队。',
}
