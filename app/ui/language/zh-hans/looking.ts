import type { looking as en } from '../en/looking.ts'
import type { Message } from '../message.ts'

export const looking = {
  'nav.record': '记录',
  'nav.track.short': '测量',
  'record.lead': '按类别查看这里保存的一切。',
  'record.ways': '浏览记录的方式',
  'record.timeline': '时间线与搜索',
  'record.sections': '类别',
  'record.empty': '这里还没有内容',
} satisfies Record<keyof typeof en, Message>
