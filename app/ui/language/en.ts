import { backup } from './en/backup.ts'
import { clinics } from './en/clinics.ts'
import { common } from './en/common.ts'
import { fileWords } from './en/file-words.ts'
import { following } from './en/following.ts'
import { kept } from './en/kept.ts'
import { papers } from './en/papers.ts'
import { people } from './en/people.ts'
import { privacy } from './en/privacy.ts'
import { record } from './en/record.ts'
import { sharing } from './en/sharing.ts'
import { outLinks } from './en/out-links.ts'
import { takingOut } from './en/taking-out.ts'
import { together } from './en/together.ts'
import { twice } from './en/twice.ts'
import { vault } from './en/vault.ts'

export const en = {
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
}
