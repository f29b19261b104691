import type { additions as en } from '../en/additions.ts'
import type { Message } from '../message.ts'

export const additions = {
  'request.title.addition': 'Para el historial: {title}',
  'addition.state.proposed': 'Espera a ser aceptado',
  'addition.state.accepted': 'En el historial',
  'addition.step.accept': 'Aceptar',
  'addition.did.propose': 'Lo escribió para el historial',
  'addition.did.accept': 'Lo aceptó',
} as const satisfies Record<keyof typeof en, Message>
