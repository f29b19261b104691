import type { together as en } from '../en/together.ts'
import type { Message } from '../message.ts'

export const together = {
  'author.added': 'Añadido por {name}',
  'author.addedByYou': 'Añadido por ti',
  'author.addedBySomebody': 'Añadido por alguien con acceso',
  'author.at': '{when}, por {name}',
  'author.atByYou': '{when}, por ti',
  'author.atByYouOn': '{when}, por ti en “{device}”',
  'author.atBySomebody': '{when}, por alguien con acceso',
  'author.addedFormer': 'Añadido por “{name}”, responsable hasta la entrega',
  'author.addedByFormer': 'Añadido por alguien responsable hasta la entrega',
  'author.atFormer': '{when}, por “{name}”, responsable hasta la entrega',
  'author.atByFormer': '{when}, por alguien responsable hasta la entrega',
  'sync.problem.late.title': 'Escrito después de que dejaras de compartir',
  'sync.problem.late.text': {
    one: 'Alguien escribió en tu historial sin saber todavía que ya no puede. Nada de eso está en tu historial hasta que decidas.',
    other:
      '{count} personas escribieron en tu historial sin saber todavía que ya no pueden. Nada de eso está en tu historial hasta que decidas.',
  },
  'late.look': 'Ver qué es',
  'late.title': 'Escrito demasiado tarde',
  'late.lead':
    'Por personas con las que habías dejado de compartir, o en dispositivos que habías quitado, antes de que lo supieran. Se conserva, y no es parte de tu historial si no lo incorporas.',
  'late.none': 'Nada que decidir',
  'late.by': { one: '{name} escribió una cosa', other: '{name} escribió {count} cosas' },
  'late.byDevice': {
    one: 'Se escribió una cosa en “{device}”',
    other: 'Se escribieron {count} cosas en “{device}”',
  },
  'late.bySomebody': { one: 'Alguien escribió una cosa', other: 'Alguien escribió {count} cosas' },
  'late.when': 'Lo último: {when}, según su reloj. Incorpora solo lo que habrías creído.',
  'late.added': 'Nuevo',
  'late.changed': 'Cambiado',
  'late.binned': 'A la papelera',
  'late.now': 'Ahora: {title}',
  'late.take': 'Incorporarlo',
  'late.leave': 'Dejarlo fuera',
  'late.take.title': '¿Incorporar esto a tu historial?',
  'late.take.text':
    'Pasa a ser parte de tu historial, en todos tus dispositivos, y lo ven las personas con las que compartes estas secciones. Queda marcado quién lo escribió.',
  'late.leave.title': '¿Dejar esto fuera de tu historial?',
  'late.leave.text':
    'No se vuelve a mostrar y no se avisa a nadie. Si al final lo necesitas, te lo tiene que contar quien lo escribió.',
  'late.taken': 'Incorporado a tu historial',
  'late.left': 'Dejado fuera. Se conserva, y no se vuelve a mostrar.',
} satisfies Record<keyof typeof en, Message>
