import type { looking as en } from '../en/looking.ts'
import type { Message } from '../message.ts'

export const looking = {
  'nav.record': 'Historial',
  'nav.track.short': 'Medir',
  'record.lead': 'Todo lo que se guarda aquí, por secciones.',
  'record.ways': 'Caminos por el historial',
  'record.timeline': 'Cronología y búsqueda',
  'record.sections': 'Secciones',
  'record.empty': 'Todavía no hay nada aquí',
} satisfies Record<keyof typeof en, Message>
