import type { emergencyDoor as en } from '../en/emergency-door.ts'
import type { Message } from '../message.ts'

export const emergencyDoor = {
  'emergency.title': 'Tarjeta de emergencia',
} satisfies Record<keyof typeof en, Message>
