import type { emergencyDoor as en } from '../en/emergency-door.ts'
import type { Message } from '../message.ts'

export const emergencyDoor = {
  'emergency.title': 'بطاقة الطوارئ',
} satisfies Record<keyof typeof en, Message>
