import { backup } from './ar/backup.ts'
import { clinics } from './ar/clinics.ts'
import { common } from './ar/common.ts'
import { fileWords } from './ar/file-words.ts'
import { following } from './ar/following.ts'
import { kept } from './ar/kept.ts'
import { papers } from './ar/papers.ts'
import { people } from './ar/people.ts'
import { privacy } from './ar/privacy.ts'
import { record } from './ar/record.ts'
import { sharing } from './ar/sharing.ts'
import { outLinks } from './ar/out-links.ts'
import { takingOut } from './ar/taking-out.ts'
import { together } from './ar/together.ts'
import { twice } from './ar/twice.ts'
import { vault } from './ar/vault.ts'
import type { Words } from './language.ts'
export const ar = {
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
