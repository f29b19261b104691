import type { practices as en } from '../en/practices.ts'
import type { Message } from '../message.ts'

export const practices = {
  'kept.kit.practice': '请把它们存放在诊所保管最重要物品的地方：如果所有设备都丢失，凭它们可以打开诊所账户。',
  'kept.kit.practice.title': '请抄下诊所的词',
  'kit.practice.lead':
    '凭这 24 个词可以在任何设备上打开{name}，即使诊所的设备全部丢失。拿到这些词的人可以读患者共享的内容，也可以移除所有员工。',
  'kit.practice.printHint': '打印出来，或按顺序抄在纸上。把纸放在诊所保管最重要物品的地方，例如保险柜。不要给它拍照。',
  'kit.practice.elsewhere': '请在开设诊所的那台设备上确认：只有那台设备能显示这 24 个词。',
  'kit.practice.gone':
    '此设备已不再保存这 24 个词，它们只在诊所的纸上。如果纸丢了，请开设新的诊所：它有新的词，员工需重新加入，患者需重新共享。',
  'offer.practice.title': '{who}希望您在诊所{name}工作',
  'offer.practice.text': '您会看到患者与诊所共享的一切，以诊所的名义答复，也可以让别人进来。',
  'news.offer.practice': '有人请您在诊所{name}工作',
  'staff.asked': '已请其加入员工，尚未接受',
  'staff.declined': '{name}没有接受在这家诊所工作',
  'staff.withdrawn': '{who}收回了请您在诊所{name}工作的邀请。它从未到过这台设备，这里没有它的任何内容。',
  'kept.practice.open': '打开诊所{name}',
  'keep.practice': '开设诊所',
  'keep.practice.lead': '多人在此一起看诊。它与您自己的记录分开。',
  'keep.relation.practice': '诊所：我与他人一起看诊',
  'keep.practice.name': '诊所名称',
  'keep.practice.what':
    '患者与诊所建立联系并共享资料。你加入的每位员工都以诊所名义阅读和答复，其所做之事会标明姓名。诊所有自己的 24 个词。',
  'staff.for': '{staff}，{name}',
  'staff.ours': '{staff}，代表诊所',
  'staff.title': '员工',
  'staff.lead':
    '这里的每个人都以 {name} 的名义行事。被移除的人不再读到新内容：由诊所先写的对话立即生效，其余则在每位患者再次打开 Wellkeep 之后。',
  'staff.acting': '您正以{name}的名义行事',
  'staff.list': '谁以诊所名义行事',
  'staff.both':
    '每位员工都可以移除其他人。如果两人同时这样做，先加入的那位留下。诊所的 24 个词始终优先：拿着它的人可以移除所有人。',
  'staff.add': '添加员工',
  'staff.add.text': '对方会看到患者与{name}共享和写给它的一切，以它的名义答复，可以让别人进来，也可以移除您。',
  'staff.add.patient': '{name}像患者一样与您共享记录。成为员工后，会看到其他所有患者共享的内容。',
  'staff.patient': '{name}（患者）',
  'staff.remove.text':
    '由诊所开始的对话会立即换新锁，{name}的 Wellkeep 会删除已有的内容。由患者开始或共享的内容，要等该患者下次打开 Wellkeep 时才换：患者页面会列出尚未更换的人。{name}抄下或复制的仍在其手中。',
  'staff.leave': '离开这家诊所',
  'staff.leave.text': '{name}会从您的设备上删除，其他员工继续保留。',
  'switch.elsewhere': { other: '其他记录中有 {count} 条新内容' },
  'practice.people': '联系人',
  'practice.people.lead': '与本诊所建立联系的患者和同事。每位患者自行决定诊所能看什么、看多久。',
  'practice.people.invite': '邀请患者',
  'practice.people.none': '邀请第一位患者。建立联系不会共享任何内容：之后由患者决定诊所能看什么。',
  'practice.invite.next': '然后由患者选择诊所能看什么。在此之前您什么也看不到。',
  'practice.first.text': '先做两件事：邀请一位患者，由对方决定诊所能看什么；并让与您一起照顾患者的人加入。',
  'practice.first.staff': '添加员工',
  'switch.practice': '诊所',
  'patients.pending': { other: '{count} 位患者尚未给出新密钥' },
  'patients.pending.text':
    '有设备或员工被移除。在这些患者下次打开 Wellkeep 之前，用旧密钥仍可能读到他们写的和共享的内容：{names}。',
} as const satisfies Record<keyof typeof en, Message>
