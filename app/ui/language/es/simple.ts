import type { simple as simpleEn } from '../en/simple.ts'
import type { Message } from '../message.ts'

export const simple = {
  'simple.set': 'Vista sencilla: letra más grande, botones grandes y menos cosas a la vez. Solo en este dispositivo.',
  'simple.label': '¿Qué quieres hacer?',
  'simple.home': 'A la página de inicio',
  'simple.medicines': 'Mis medicamentos',
  'simple.measure': 'Anotar una medición',
  'simple.results': 'Mis resultados',
  'simple.record': 'Mi historial y mis papeles',
  'simple.card': 'Tarjeta de emergencia',
  'simple.doctor': 'Mostrar al médico',
  'simple.more': 'Todo lo demás',
} as const satisfies Record<keyof typeof simpleEn, Message>
