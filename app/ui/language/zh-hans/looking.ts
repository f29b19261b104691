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
  'history.title': '以前的版本',
  'history.text': '这里改动过的一切，最新的在前。什么都不会丢失；可以把某个版本作为新的改动恢复。',
  'history.textRead': '这里改动过且已提供给您的一切，最新的在前。',
  'history.show': '显示改动过的内容',
  'history.none': '这里没有以前的内容：未向您提供，或已被清除。',
  'history.added': '已添加',
  'history.imported': '已导入',
  'history.changed': '已更改',
  'history.binned': '移入回收站',
  'history.restored': '从回收站取回',
  'history.before': '之前：',
  'history.after': '之后：',
  'history.back': '恢复到此版本',
  'history.backOf': '恢复到此版本：{what}',
  'history.isNow': '现在就是这样写的。',
  'history.broughtBack': '以前的版本已恢复',
  'history.more': { other: '显示更早的 {count} 次改动' },
} satisfies Record<keyof typeof en, Message>
