import type { explainingFirst as english } from '../en/explaining-first.ts'
import type { Message } from '../message.ts'

export const explainingFirst: Record<keyof typeof english, Message> = {
  'first.set': 'Explicar el análisis antes de mostrar un resultado nuevo',
  'first.set.about':
    'Un resultado de los últimos 30 días se abre entonces con qué es su análisis, y un toque lo muestra. Lo que un laboratorio marcó como crítico, y los análisis sin explicación aquí, se muestran enseguida.',
  'first.row': 'Nuevo: ábrelo para verlo',
  'first.about':
    'Hay un resultado nuevo. Primero qué es este análisis, como elegiste; después mira el resultado cuando quieras.',
  'first.show': 'Mostrar el resultado',
  'first.off': 'Puedes desactivarlo en la página de resultados de análisis o en los ajustes.',
}
