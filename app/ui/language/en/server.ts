/** Words of the page about one’s own server. */
export const server = {
  'server.title': 'Your server',
  'server.sample': 'A sample is on no server. It stays on this device.',
  'server.code.title': 'Whom it takes',
  'server.code.given':
    'You have entered a code, and your other devices use it too. Should the host give you another one, enter it here.',
  'server.code.hint': 'Whoever runs this server gave it to you, on paper perhaps or in a message.',
  'server.code.notAsked': 'This server takes everybody, and asks for no code.',
  'server.code.unreachable': 'The server cannot be reached just now, so it is not known whether it asks for a code.',
  'server.code.use': 'Use this code',
  'server.code.taken': 'The code is saved for all your devices',
  'server.code.notTaken': 'The server does not know this code. Look whether it is whole, or ask its host.',
  'server.code.notTakenSince':
    'The server does not know the code that you entered, or not any more. Everything is saved on this device only. Ask its host for another one.',
  'server.code.locked': 'Your record is locked. Unlock it first.',
}
