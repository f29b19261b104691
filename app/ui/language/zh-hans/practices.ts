import type { practices as en } from '../en/practices.ts'
import type { Message } from '../message.ts'

export const practices = {
  'keep.relation.practice': '诊所：我与他人一起看诊',
  'keep.practice.name': '诊所名称',
  'keep.practice.what':
    '患者与诊所建立联系并共享资料。你加入的每位员工都以诊所名义阅读和答复，其所做之事会标明姓名。诊所有自己的 24 个词。',
  'staff.for': '{staff}，{name}',
  'staff.title': '员工',
  'staff.lead':
    '这里的每个人都以 {name} 的名义行事。被移除的人不再读到新内容：由诊所先写的对话立即生效，其余则在每位患者再次打开 Wellkeep 之后。',
  'switch.practice': '诊所',
  'patients.pending': { other: '{count} 位患者尚未给出新密钥' },
  'patients.pending.text':
    '有设备或员工被移除。在这些患者下次打开 Wellkeep 之前，用旧密钥仍可能读到他们写的和共享的内容：{names}。',
} as const satisfies Record<keyof typeof en, Message>
