import type { annotations as en } from '../en/annotations.ts'
import type { Message } from '../message.ts'

export const annotations = {
  'kind.annotation': 'Nota sobre una entrada',
  'kinds.annotation': 'Notas sobre entradas',
  'annotation.title': 'Notas',
  'annotation.none': 'Todavía no hay notas. Una nota queda al lado de lo que hay aquí y no cambia nada de ello.',
  'annotation.add': 'Añadir una nota',
  'annotation.edit': 'Editar la nota',
  'annotation.about': 'La nota quedará al lado de «{title}».',
  'annotation.text': 'Tu nota',
  'annotation.hint': 'Quien puede ver esta entrada ve también la nota.',
  'annotation.fileHint': 'Quien puede ver esa entrada ve también esto. Además aparece entre tus documentos.',
  'attachment.pdf':
    'Un PDF se abre con otro programa: guarda una copia y ábrela. Si tiene contraseña, ese programa te la pedirá.',
  'annotation.toEntry': 'Ir a aquello de lo que trata',
} satisfies Record<keyof typeof en, Message>
