import type { news as en } from '../en/news.ts'
import type { Message } from '../message.ts'

export const news = {
  'news.title': '新内容',
  'news.lead': '您看过或答复相关内容后，该行就会消失。',
  'news.none': '没有新内容',
  'news.none.text': '别人写给您、请您处理或与您共享的内容会显示在这里。',
  'news.count': { other: '{count} 条新内容' },
  'news.waiting': { other: '有 {count} 项请求等待您处理' },
  'news.toRead': { other: '有 {count} 份内容待阅读' },
  'news.answered': { other: '{count} 项请求有新进展' },
  'news.share': '{name} 想与您共享记录',
  'news.kept.offered': { other: '{count} 项共享等待答复' },
  'news.offer': '{name} 的记录提供给您',
  'news.answer': '等待您答复',
} as const satisfies Record<keyof typeof en, Message>
