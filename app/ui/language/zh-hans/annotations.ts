import type { annotations as en } from '../en/annotations.ts'
import type { Message } from '../message.ts'

export const annotations = {
  'kind.annotation': '条目备注',
  'kinds.annotation': '条目备注',
  'annotation.title': '备注',
  'annotation.none': '还没有备注。备注写在这里的内容旁边，不会改动原来的内容。',
  'annotation.add': '添加备注',
  'annotation.edit': '编辑备注',
  'annotation.about': '备注会写在“{title}”旁边。',
  'annotation.text': '您的备注',
  'annotation.hint': '能看到这条内容的人也能看到备注。',
  'annotation.fileHint': '能看到那条内容的人也能看到它。它也会出现在您的文档中。',
  'attachment.pdf': 'PDF 需要用其他程序打开：请保存副本，然后打开它。如果设有密码，该程序会要求输入。',
  'annotation.toEntry': '转到备注所说的内容',
} satisfies Record<keyof typeof en, Message>
