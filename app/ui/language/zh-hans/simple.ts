import type { simple as simpleEn } from '../en/simple.ts'
import type { Message } from '../message.ts'

export const simple = {
  'simple.set': '简易视图：文字更大、按钮更大、每次显示的内容更少。仅在此设备上。',
  'simple.label': '您想做什么？',
  'simple.home': '回到首页',
  'simple.medicines': '我的药物',
  'simple.measure': '记录一次测量',
  'simple.results': '我的检查结果',
  'simple.record': '我的记录和文件',
  'simple.card': '急救卡',
  'simple.doctor': '给医生看',
  'simple.more': '其他所有内容',
} as const satisfies Record<keyof typeof simpleEn, Message>
