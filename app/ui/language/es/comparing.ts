import type { comparing as english } from '../en/comparing.ts'
import type { Message } from '../message.ts'

export const comparing: Record<keyof typeof english, Message> = {
  'beside.with': 'Comparar con',
  'beside.with.before': 'Los mismos días justo antes',
  'beside.with.none': 'Nada',
  'beside.from': 'Días comparados: desde',
  'beside.to': 'Días comparados: hasta',
  'beside.about':
    'Este período y los días con los que lo comparas. Las horas son las del reloj del lugar donde estabas.',
  'beside.about.alone': 'Este período. Las horas son las del reloj del lugar donde estabas.',
  'beside.choose': 'Elige los días con los que comparar.',
  'beside.none': 'No hay valores en los días con los que comparas.',
  'beside.lower': '{what}: {now} de promedio, {by} menos que en los días comparados ({other}).',
  'beside.higher': '{what}: {now} de promedio, {by} más que en los días comparados ({other}).',
  'beside.same': '{what}: {now} de promedio, casi lo mismo que en los días comparados.',
  'beside.share': 'Dentro de la meta: {now} % de los valores en este período, {other} % en los días comparados.',
  'beside.shared': 'Los dos períodos tienen días en común. Los valores de esos días cuentan en ambos.',
  'beside.meaning': 'Son solo números. Pregunta a tu equipo de atención qué significa para ti una diferencia.',
}
