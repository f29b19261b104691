import type { Message } from '../message.ts'
import type { doseUnits as en } from '../en/dose-units.ts'

export const doseUnits = {
  'counted.tablet': { one: '{amount} comprimido', other: '{amount} comprimidos' },
  'counted.tableta': { one: '{amount} tableta', other: '{amount} tabletas' },
  'counted.pill': { one: '{amount} pastilla', other: '{amount} pastillas' },
  'counted.capsule': { one: '{amount} cápsula', other: '{amount} cápsulas' },
  'counted.drop': { one: '{amount} gota', other: '{amount} gotas' },
  'counted.puff': { one: '{amount} inhalación', other: '{amount} inhalaciones' },
  'counted.spray': { one: '{amount} pulverización', other: '{amount} pulverizaciones' },
  'counted.patch': { one: '{amount} parche', other: '{amount} parches' },
  'counted.sachet': { one: '{amount} sobre', other: '{amount} sobres' },
  'counted.suppository': { one: '{amount} supositorio', other: '{amount} supositorios' },
  'counted.injection': { one: '{amount} inyección', other: '{amount} inyecciones' },
  'counted.ampoule': { one: '{amount} ampolla', other: '{amount} ampollas' },
  'counted.teaspoon': { one: '{amount} cucharadita', other: '{amount} cucharaditas' },
  'counted.unit': { one: '{amount} unidad', other: '{amount} unidades' },
  'counted.dose': { one: '{amount} dosis', other: '{amount} dosis' },
} as const satisfies Record<keyof typeof en, Message>
