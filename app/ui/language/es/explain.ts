import type { explain as english } from '../en/explain.ts'
import type { Message } from '../message.ts'

export const explain: Record<keyof typeof english, Message> = {
  'explain.what': '¿Qué es esto?',
  'explain.ask': 'Pregunta a quien pidió la prueba qué significa tu resultado.',
  'explain.own':
    'Wellkeep lo escribió con sus propias palabras, en todos los idiomas; las traducciones son de Wellkeep.',
  'explain.source': 'Según MedlinePlus, Biblioteca Nacional de Medicina (EE. UU.), leído el {date}:',
}
