import type { passkeysAtDoor as passkeysAtDoorEn, passkeys as passkeysEn } from '../en/passkeys.ts'
import type { Message } from '../message.ts'

export const passkeysAtDoor = {
  'passkey.unlock': '用通行密钥解锁',
  'passkey.notUsed': '没有使用通行密钥。请重试，或输入密码短语。',
  'passkey.notHere': '此浏览器无法使用该通行密钥。请输入密码短语。',
  'passkey.wrong': '此通行密钥打不开这份记录。请输入密码短语，然后在设置中重新添加通行密钥。',
} as const satisfies Record<keyof typeof passkeysAtDoorEn, Message>

export const passkeys = {
  'passkey.title': '用通行密钥解锁',
  'passkey.text':
    '除密码短语外，您的面容、指纹、PIN 码或安全密钥也可以在此设备上打开您的记录。密码短语继续有效。在共享、保存副本或让另一台设备加入之前，仍需输入它。',
  'passkey.warning':
    '谁能使用您的通行密钥，谁就能在这里打开您的记录：知道此设备 PIN 码的人，或拿到您的安全密钥及其 PIN 码的人。如果您的通行密钥由 Apple、Google 之类的帐户保存，那么进入该帐户并拿到此设备的人也可以。',
  'passkey.impossible': '此浏览器没有可以打开记录的通行密钥：它缺少名为“PRF”的部分。密码短语照常可以打开记录。',
  'passkey.add': '添加通行密钥',
  'passkey.name': '在此列表中的名称',
  'passkey.name.hint': '例如“我的手机”或“蓝色安全密钥”。',
  'passkey.unnamed': '通行密钥',
  'passkey.account': '我的记录',
  'passkey.added': '添加于 {date}',
  'passkey.done': '从现在起，此通行密钥可以在此设备上打开您的记录。',
  'passkey.removeOf': '移除通行密钥 {name}',
  'passkey.remove.title': '移除通行密钥 {name}？',
  'passkey.remove.text':
    '它将不能再打开此设备上的记录；密码短语可以。它可能仍留在保存您通行密钥之处的列表中，您可以在那里删除。',
  'passkey.removed': '通行密钥 {name} 在这里不再能打开任何东西。',
  'passkey.failed.cancelled': '没有添加通行密钥：已取消、超时，或这里没有可以保存它的地方。没有任何改动。',
  'passkey.failed.no-prf':
    '您选择的通行密钥打不开记录：它缺少名为“PRF”的部分。没有任何改动。请试试别的，例如较新的安全密钥。',
  'passkey.failed.already': '您选择的地方已经有这份记录的通行密钥。',
  'passkey.failed.not-at-this-address': '通行密钥只能在有域名的安全地址（https）上使用。没有任何改动。',
  'passkey.failed.invalid': '无法添加此通行密钥：它给出的内容不可用，或者已有 16 个。没有任何改动。',
} as const satisfies Record<keyof typeof passkeysEn, Message>
