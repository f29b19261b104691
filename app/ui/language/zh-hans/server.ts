import type { server as en } from '../en/server.ts'
import type { Message } from '../message.ts'

/** Words of the page about one’s own server. */
export const server = {
  'server.title': '您的服务器',
  'server.sample': '示例不在任何服务器上，只留在此设备上。',
  'server.code.title': '它接受谁',
  'server.code.given': '您已输入代码，您的其他设备也使用它。如果主人给了您新的代码，请在这里输入。',
  'server.code.hint': '由管理此服务器的人给您，也许写在纸上或消息里。',
  'server.code.notAsked': '此服务器接受所有人，不需要代码。',
  'server.code.unreachable': '现在无法连接服务器，因此不知道它是否需要代码。',
  'server.code.use': '使用此代码',
  'server.code.taken': '代码已为您的所有设备保存',
  'server.code.notTaken': '服务器不认识此代码。请看看它是否完整，或询问其主人。',
  'server.code.locked': '您的记录已锁定。请先解锁。',
  'server.second.title': '第二台服务器',
  'server.second.text':
    '它从您的设备得到您所有内容的密封副本。如果有一天您的服务器丢失，请在第二台上打开 Wellkeep，用您的24个词找回记录。',
  'server.second.not': '您为别人保管的记录、圈子和您给出的链接不会被复制：它们指向您自己的服务器。',
  'server.second.add': '添加第二台服务器',
  'server.second.address': '它的地址',
  'server.second.codeHint': '如果它只接受从其主人那里得到代码的人。',
  'server.second.asks': '管理 {host} 的人从现在起会得到所有密封的内容，但读不到任何内容。',
  'server.second.own': '这是您已在使用的服务器。',
  'server.second.away': '现在无法连接此服务器，或者它不存在。',
  'server.second.noRelay': '在那里回答的不是 Wellkeep 服务器。',
  'server.second.needsCode': '此服务器只接受从其主人那里得到代码的人。请输入代码。',
  'server.second.working': '副本正在传送。',
  'server.second.level': '{time} 时所有内容都已在那里。',
  'server.second.unreachable': '现在无法连接它。您的设备会继续尝试。',
  'server.second.not-admitted': '没有新的代码，它不再接受您。请移除它，再用新代码添加。',
  'server.second.full': '它没有更多空间了。请向其主人要更多空间。',
  'server.second.refused': '它拒绝副本。请把原因告诉其主人：“{reason}”。',
  'server.second.partly': {
    other: '它缺少 {count} 个此设备从未有过的较旧部分。请在您使用最久的设备上打开 Wellkeep。',
  },
  'server.second.remove': '移除第二台服务器',
  'server.second.removeText': '可以先删除 {host} 上的内容。如果留下，其主人仍持有密封的副本。',
  'server.second.delete': '删除那里的内容',
  'server.second.leave': '留在那里',
  'server.second.notDeleted': '无法连接服务器，因此没有删除任何内容，也没有任何更改。',
} satisfies Record<keyof typeof en, Message>
