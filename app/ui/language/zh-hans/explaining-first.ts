import type { explainingFirst as english } from '../en/explaining-first.ts'
import type { Message } from '../message.ts'

export const explainingFirst: Record<keyof typeof english, Message> = {
  'first.set': '显示新结果之前先解释该检验',
  'first.set.about':
    '最近 30 天的结果打开时会先说明这项检验是什么，点一下即可看到结果。实验室标为危急的结果，以及这里没有解释的检验，会立即显示。',
  'first.row': '新结果：打开查看',
  'first.about': '有一项新结果。按您的选择，先说明这项检验是什么；之后您可以随时查看结果。',
  'first.show': '显示结果',
  'first.off': '您可以在检验结果页面或设置中关闭此功能。',
}
