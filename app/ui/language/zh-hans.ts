import { backup } from './zh-hans/backup.ts'
import { clinics } from './zh-hans/clinics.ts'
import { common } from './zh-hans/common.ts'
import { fileWords } from './zh-hans/file-words.ts'
import { following } from './zh-hans/following.ts'
import { kept } from './zh-hans/kept.ts'
import { papers } from './zh-hans/papers.ts'
import { people } from './zh-hans/people.ts'
import { privacy } from './zh-hans/privacy.ts'
import { record } from './zh-hans/record.ts'
import { sharing } from './zh-hans/sharing.ts'
import { outLinks } from './zh-hans/out-links.ts'
import { takingOut } from './zh-hans/taking-out.ts'
import { together } from './zh-hans/together.ts'
import { twice } from './zh-hans/twice.ts'
import { vault } from './zh-hans/vault.ts'
import type { Words } from './language.ts'
export const zhHans = {
  ...common,
  ...clinics,
  ...backup,
  ...vault,
  ...record,
  ...papers,
  ...twice,
  ...people,
  ...sharing,
  ...privacy,
  ...kept,
  ...following,
  ...together,
  ...fileWords,
  ...takingOut,
  ...outLinks,
} satisfies Words
