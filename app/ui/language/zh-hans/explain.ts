import type { explain as english } from '../en/explain.ts'
import type { Message } from '../message.ts'

export const explain: Record<keyof typeof english, Message> = {
  'explain.what': '这是什么？',
  'explain.ask': '您的结果意味着什么，请询问开这项检查的人。',
  'explain.own': '各种语言的说明都由 Wellkeep 用自己的话写成，译文是 Wellkeep 自己的。',
  'explain.source': '依据美国国家医学图书馆 MedlinePlus，{date} 阅读：',
}
