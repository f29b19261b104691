import type { together as en } from '../en/together.ts'
import type { Message } from '../message.ts'

export const together = {
  'author.added': '由{name}添加',
  'author.addedByYou': '由您添加',
  'author.addedBySomebody': '由有权限的人添加',
  'author.at': '{when}，{name}',
  'author.atByYou': '{when}，您本人',
  'author.atByYouOn': '{when}，您本人，在“{device}”上',
  'author.atBySomebody': '{when}，有权限的人',
  'author.addedFormer': '由“{name}”添加（移交前的监护人）',
  'author.addedByFormer': '由移交前的监护人添加',
  'author.atFormer': '{when}，“{name}”（移交前的监护人）',
  'author.atByFormer': '{when}，移交前的监护人',
  'sync.problem.late.title': '停止共享之后写下的内容',
  'sync.problem.late.text': {
    other: '有 {count} 人在得知自己不再有权之前写入了您的记录。在您决定之前，这些内容不会进入您的记录。',
  },
  'late.look': '查看内容',
  'late.title': '来得太晚的内容',
  'late.lead': '由您已停止共享的人，或在您已移除的设备上，在得知之前写下。内容已保留，除非您收下，否则不属于您的记录。',
  'late.none': '没有需要决定的内容',
  'late.by': { other: '{name}写了 {count} 项' },
  'late.byDevice': { other: '在“{device}”上写了 {count} 项' },
  'late.bySomebody': { other: '有人写了 {count} 项' },
  'late.when': '按对方的时钟，最后写于 {when}。请只收下您本来就会相信的内容。',
  'late.added': '新增',
  'late.changed': '更改',
  'late.binned': '移入回收站',
  'late.now': '现在：{title}',
  'late.take': '收下',
  'late.leave': '不收下',
  'late.take.title': '要收入您的记录吗？',
  'late.take.text':
    '它会成为您记录的一部分，出现在您的所有设备上，与您共享这些部分的人也会看到。它会一直标明是谁写的。',
  'late.taken': '已收入您的记录',
  'late.left': '未收下。内容已保留，不再显示。',
} satisfies Record<keyof typeof en, Message>
