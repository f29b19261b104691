import type { workspace as en } from '../en/workspace.ts'
import type { Message } from '../message.ts'

export const workspace = {
  'inbox.title': 'Bandeja de entrada',
  'inbox.show': '¿Qué quieres ver?',
  'inbox.all': 'Todo ({count})',
  'inbox.unread': 'Sin leer ({count})',
  'inbox.mine': 'Me espera a mí ({count})',
  'inbox.due': 'Vencido ({count})',
  'inbox.nothing': 'Nadie a quien atiendes ha escrito ni pedido nada.',
  'inbox.none.all': 'Aquí no hay nada.',
  'inbox.none.unread': 'Lo has leído todo.',
  'inbox.none.mine': 'Nada te espera.',
  'inbox.none.due': 'No hay nada vencido.',
  'inbox.last': 'Último mensaje: {time}',
  'inbox.since': 'desde {time}',
  'inbox.dueSince': 'Vencido desde {date}',
  'answers.title': 'Respuestas y plantillas',
  'answers.lead': 'Para lo que dices a tus pacientes una y otra vez. Solo tú ves esta página.',
  'answers.times': 'Con tus palabras',
  'answers.times.hint':
    'Está encima de cada conversación con pacientes, también de las que vendrán. Por ejemplo: en dos días laborables. Vacío: no se dice nada.',
  'answers.times.saved': 'Guardado. Estará en todas tus conversaciones con pacientes.',
  'answers.templates': 'Plantillas',
  'answers.none':
    'Aún no hay plantillas. Una plantilla es un texto que insertas en una respuesta con una sola elección.',
  'answers.add': 'Nueva plantilla',
  'answers.edit': 'Cambiar «{title}»',
  'answers.remove': 'Borrar «{title}»',
  'answers.remove.yes': 'Borrar',
  'answers.remove.text': 'Los mensajes que enviaste con ella se quedan como están.',
  'answers.name': 'Nombre de la plantilla',
  'answers.text': 'Texto',
  'answers.insert': 'Insertar una plantilla',
} as const satisfies Record<keyof typeof en, Message>
