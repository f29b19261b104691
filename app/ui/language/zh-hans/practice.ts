import type { practice as practiceEn } from '../en/practice.ts'
import type { Message } from '../message.ts'

export const practice = {
  'practice.title': '用恢复套件练习',
  'practice.lead':
    '请取出写有 24 个词的纸，输入这些词或扫描纸上的码。这里只作比对：不会改变任何内容，也不会保存这些词。',
  'practice.act': '看看是否正确',
  'practice.done.title': '这些正是您记录的词',
  'practice.done.text': '请把纸放回原处。一年后会再次询问您。',
  'practice.other': '这些是另一份记录的词。请找出这份记录的纸。',
  'practice.lost.title': '找不到那张纸？',
  'practice.lost.text':
    '只要此设备还能打开您的记录，记录就是安全的。请制作备份文件并抄下备份码，或把数据转入一个带有新套件的新记录。',
  'practice.lost.act': '前往备份文件',
  'practice.sample': '示例记录没有恢复套件。',
  'practice.sample.text':
    '在您自己的记录中，您每年取出一次写有 24 个词的纸，在这里输入或扫描其代码。它们只用来比对，让您知道那张纸仍能打开您的记录。',
  'practice.remind.title': '您的恢复套件还在原来的地方吗？',
  'practice.remind.text': '距您上次输入 24 个词已经一年了。如果此设备丢失，只有那张纸能找回您的记录。',
  'practice.remind.act': '找出来试一试',
  'practice.link': '用恢复套件练习',
} as const satisfies Record<keyof typeof practiceEn, Message>
