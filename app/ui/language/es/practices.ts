import type { practices as en } from '../en/practices.ts'
import type { Message } from '../message.ts'

export const practices = {
  'keep.relation.practice': 'Un consultorio: atiendo a pacientes con otras personas',
  'keep.practice.name': 'Nombre del consultorio',
  'keep.practice.what':
    'Los pacientes conocen al consultorio y comparten con él. Cada persona del equipo que dejes entrar lee y responde en su nombre, y su nombre figura en lo que hace. Tiene 24 palabras propias.',
  'staff.for': '{staff}, {name}',
  'staff.title': 'Equipo',
  'staff.lead':
    'Todas estas personas actúan en nombre de {name}. A quien se quite no leerá nada nuevo: enseguida donde escribió primero el consultorio y, en lo demás, cuando cada paciente vuelva a abrir Wellkeep.',
  'switch.practice': 'Consultorio',
  'patients.pending': {
    one: '{count} paciente aún no ha dado claves nuevas',
    other: '{count} pacientes aún no han dado claves nuevas',
  },
  'patients.pending.text':
    'Se quitó un dispositivo o a alguien del equipo. Hasta que estos pacientes vuelvan a abrir Wellkeep, lo que escriben y comparten aún podría leerse con las claves de antes: {names}.',
} as const satisfies Record<keyof typeof en, Message>
