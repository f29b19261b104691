import type { Message } from '../message.ts'
import type { doseUnits as en } from '../en/dose-units.ts'

export const doseUnits = {
  'counted.tablet': { other: '{amount} 片' },
  'counted.tableta': { other: '{amount} 片' },
  'counted.pill': { other: '{amount} 粒' },
  'counted.capsule': { other: '{amount} 粒胶囊' },
  'counted.drop': { other: '{amount} 滴' },
  'counted.puff': { other: '{amount} 吸' },
  'counted.spray': { other: '{amount} 喷' },
  'counted.patch': { other: '{amount} 贴' },
  'counted.sachet': { other: '{amount} 袋' },
  'counted.suppository': { other: '{amount} 枚栓剂' },
  'counted.injection': { other: '{amount} 针' },
  'counted.ampoule': { other: '{amount} 支' },
  'counted.teaspoon': { other: '{amount} 茶匙' },
  'counted.unit': { other: '{amount} 单位' },
  'counted.dose': { other: '{amount} 剂' },
} as const satisfies Record<keyof typeof en, Message>
