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
  'server.code.notTakenSince': '服务器不认识您输入的代码，或不再认识。一切只保存在此设备上。请向其主人要一个新的代码。',
  'server.code.locked': '您的记录已锁定。请先解锁。',
}
