import { additions } from './additions.ts'
import { annotations } from './annotations.ts'
import { backup } from './backup.ts'
import { circles } from './circles.ts'
import { clinics } from './clinics.ts'
import { comparing } from './comparing.ts'
import { described } from './described.ts'
import { explain } from './explain.ts'
import { explainingFirst } from './explaining-first.ts'
import { device } from './device.ts'
import { doseUnits } from './dose-units.ts'
import { fileWords } from './file-words.ts'
import { following } from './following.ts'
import { growth } from './growth.ts'
import { kept } from './kept.ts'
import { learn } from './learn.ts'
import { looking } from './looking.ts'
import { materials } from './materials.ts'
import { messageFiles } from './message-files.ts'
import { visitors } from './visitors.ts'
import { messages } from './messages.ts'
import { news } from './news.ts'
import { papers } from './papers.ts'
import { passkeys } from './passkeys.ts'
import { people } from './people.ts'
import { plan } from './plan.ts'
import { tasks } from './tasks.ts'
import { push } from './push.ts'
import { questionnaires } from './questionnaires.ts'
import { practice } from './practice.ts'
import { practices } from './practices.ts'
import { privacy } from './privacy.ts'
import { record } from './record.ts'
import { requestKinds } from './request-kinds.ts'
import { requests } from './requests.ts'
import { results } from './results.ts'
import { server } from './server.ts'
import { simple } from './simple.ts'
import { sharing } from './sharing.ts'
import { medicines } from './medicines.ts'
import { outLinks } from './out-links.ts'
import { takingOut } from './taking-out.ts'
import { together } from './together.ts'
import { emergency } from './emergency.ts'
import { twice } from './twice.ts'
import { workspace } from './workspace.ts'

/** Words of everything else. */
export const later = {
  ...additions,
  ...annotations,
  ...backup,
  ...circles,
  ...clinics,
  ...comparing,
  ...described,
  ...explain,
  ...explainingFirst,
  ...device,
  ...doseUnits,
  ...fileWords,
  ...following,
  ...growth,
  ...kept,
  ...learn,
  ...looking,
  ...materials,
  ...messageFiles,
  ...visitors,
  ...messages,
  ...news,
  ...papers,
  ...passkeys,
  ...people,
  ...practice,
  ...practices,
  ...privacy,
  ...plan,
  ...push,
  ...tasks,
  ...questionnaires,
  ...record,
  ...requestKinds,
  ...requests,
  ...results,
  ...server,
  ...simple,
  ...sharing,
  ...outLinks,
  ...medicines,
  ...takingOut,
  ...together,
  ...emergency,
  ...twice,
  ...workspace,
}
