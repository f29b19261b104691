import type { looking as en } from '../en/looking.ts'
import type { Message } from '../message.ts'

export const looking = {
  'nav.record': 'Historial',
  'nav.track.short': 'Medir',
  'record.lead': 'Todo lo que se guarda aquí, por secciones.',
  'record.ways': 'Caminos por el historial',
  'record.timeline': 'Cronología y búsqueda',
  'record.sections': 'Secciones',
  'record.empty': 'Todavía vacías',
  'history.title': 'Versiones anteriores',
  'history.text':
    'Todo lo que se cambió aquí, lo más reciente primero. Nada se pierde; una versión puede recuperarse como un cambio nuevo.',
  'history.textRead': 'Todo lo que se cambió aquí y se te dio, lo más reciente primero.',
  'history.show': 'Mostrar lo que se cambió',
  'history.none': 'Aquí no hay nada de antes: no se te dio, o se borró.',
  'history.added': 'Añadido',
  'history.imported': 'Traído',
  'history.changed': 'Cambiado',
  'history.binned': 'Movido a la papelera',
  'history.restored': 'Sacado de la papelera',
  'history.before': 'Antes:',
  'history.after': 'Después:',
  'history.back': 'Volver a esta versión',
  'history.backOf': 'Volver a esta versión: {what}',
  'history.isNow': 'Esto es lo que dice ahora.',
  'history.broughtBack': 'La versión anterior ha vuelto',
  'history.more': { one: 'Mostrar un cambio más antiguo', other: 'Mostrar {count} cambios más antiguos' },
} satisfies Record<keyof typeof en, Message>
