import type { practice as practiceEn } from '../en/practice.ts'
import type { Message } from '../message.ts'

export const practice = {
  'practice.title': 'Practica con tu kit de recuperación',
  'practice.lead':
    'Busca el papel con tus 24 palabras y escríbelas, o escanea su código. Solo se comparan: nada cambia y nada de ellas se guarda.',
  'practice.act': 'Ver si son correctas',
  'practice.done.title': 'Son las palabras de tu historial',
  'practice.done.text': 'Vuelve a poner el papel en su sitio. Se te preguntará otra vez dentro de un año.',
  'practice.other': 'Son las palabras de otro historial. Busca el papel de este.',
  'practice.lost.title': '¿No encuentras el papel?',
  'practice.lost.text':
    'Tu historial está a salvo mientras este dispositivo lo abra. Haz un archivo de copia de seguridad y anota su código, o trae tus datos a un historial nuevo, que tendrá un kit nuevo.',
  'practice.lost.act': 'Ir a la copia de seguridad',
  'practice.sample': 'Un historial de muestra no tiene kit de recuperación.',
  'practice.sample.text':
    'En un historial tuyo buscas una vez al año el papel con tus 24 palabras y las escribes aquí, o escaneas su código. Solo se comparan, para que sepas que el papel todavía abre tu historial.',
  'practice.remind.title': '¿Tu kit de recuperación sigue donde lo guardaste?',
  'practice.remind.text':
    'Ha pasado un año desde que escribiste tus 24 palabras por última vez. Solo el papel recupera tu historial si se pierde este dispositivo.',
  'practice.remind.act': 'Buscarlo y probarlo',
  'practice.link': 'Practicar con el kit de recuperación',
} as const satisfies Record<keyof typeof practiceEn, Message>
