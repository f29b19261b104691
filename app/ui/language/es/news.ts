import type { news as en } from '../en/news.ts'
import type { Message } from '../message.ts'

export const news = {
  'news.title': 'Novedades',
  'news.lead': 'Una línea desaparece cuando has mirado aquello de lo que trata, o has respondido.',
  'news.none': 'No hay nada nuevo',
  'news.none.text': 'Aquí aparecerá lo que otras personas te escriban, te soliciten o compartan contigo.',
  'news.count': { one: '{count} novedad', other: '{count} novedades' },
  'news.waiting': { one: 'Una solicitud te espera', other: '{count} solicitudes te esperan' },
  'news.toRead': { one: 'Algo para leer', many: '{count} de cosas para leer', other: '{count} cosas para leer' },
  'news.answered': { one: 'Hay novedades en una solicitud', other: 'Hay novedades en {count} solicitudes' },
  'news.share': '{name} quiere compartir su historial contigo',
  'news.kept.offered': {
    one: 'Algo compartido espera respuesta',
    many: '{count} ofertas para compartir esperan respuesta',
    other: '{count} ofertas para compartir esperan respuesta',
  },
  'news.offer': 'Se te ofrece el historial de {name}',
  'news.answer': 'Espera tu respuesta',
} as const satisfies Record<keyof typeof en, Message>
