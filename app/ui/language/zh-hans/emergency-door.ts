import type { emergencyDoor as en } from '../en/emergency-door.ts'
import type { Message } from '../message.ts'

export const emergencyDoor = {
  'emergency.title': '急救卡',
} satisfies Record<keyof typeof en, Message>
