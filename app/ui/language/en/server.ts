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
  'server.code.locked': 'Your record is locked. Unlock it first.',
  'server.second.title': 'A second server',
  'server.second.text':
    'It gets a sealed copy of everything that you have, from your devices. Should your server be lost one day, open Wellkeep at the second one and bring your record back with your 24 words.',
  'server.second.not':
    'Not copied are records that you keep for others, circles, and links that you handed out: these lead to your own server.',
  'server.second.add': 'Add a second server',
  'server.second.address': 'Its address',
  'server.second.codeHint': 'If it takes only people whom its host gave one.',
  'server.second.asks': 'Whoever runs {host} gets everything that is sealed from now on, and can read none of it.',
  'server.second.own': 'This is the server that you use already.',
  'server.second.away': 'This server cannot be reached just now, or there is none.',
  'server.second.noRelay': 'What answers there is no Wellkeep server.',
  'server.second.needsCode': 'This server takes only people whom its host gave a code. Enter it.',
  'server.second.working': 'The copy is on its way.',
  'server.second.brokenOff':
    'You broke the copy off on this device. It goes on when you say so, or unlock the next time.',
  'server.second.breakOff': 'Break off',
  'server.second.goOn': 'Go on',
  'server.second.level': 'Everything was there on {time}.',
  'server.second.unreachable': 'It cannot be reached just now. Your devices keep trying.',
  'server.second.not-admitted':
    'It does not take you any more without another code. Remove it, and add it again with that.',
  'server.second.full': 'It has no more room for you. Ask its host for more.',
  'server.second.refused': 'It refuses the copy. Tell its host the reason: “{reason}”.',
  'server.second.partly': {
    one: 'It lacks {count} older piece that this device never had. Open Wellkeep on the device that you have had longest.',
    other:
      'It lacks {count} older pieces that this device never had. Open Wellkeep on the device that you have had longest.',
  },
  'server.second.remove': 'Remove the second server',
  'server.second.removeText':
    'What lies at {host} can be deleted first. If you leave it, its host has it still, sealed.',
  'server.second.delete': 'Delete what is there',
  'server.second.leave': 'Leave it there',
  'server.second.notDeleted': 'The server cannot be reached, so nothing was deleted and nothing changed.',
} as const
