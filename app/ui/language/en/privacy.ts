/** Words of what is private, and of erasing history. */
export const privacy = {
  'private.mark': 'Private',
  'private.notice': 'Private: no share has it',
  'private.notice.text':
    'Only your own devices can read it. It stands here as always; people you share with don’t see it.',
  'private.notice.managers':
    'Besides your own devices, whoever manages your record can read it: {people}. People you share sections with don’t see it.',
  'private.notice.kept':
    'Only those who look after this whole record can read it. Whoever sees only sections of it does not.',
  'private.make': 'Make private',
  'private.make.text':
    'It stays where it is on your own screens. No share has it, now or later: whoever sees only sections of the record does not find it.',
  'private.belongings': 'What goes along, so that nothing tells of it',
  'private.belongings.text':
    'Found by words and references, not by medical knowledge. Take the tick away from what may be seen. If something is missing, open it and make it private as well.',
  'private.belongings.looking': 'Looking for what belongs to it…',
  'private.belongings.nothing':
    'Nothing else was found that names it. If you know of something, make it private as well.',
  'private.belongings.none': 'Choose none',
  'private.belongings.all': 'Choose all',
  'private.why.same': 'the same once more',
  'private.why.refers-to-it': 'belongs to it',
  'private.why.only-in-it': 'only this refers to it',
  'private.why.names-it': 'names it in its words',
  'private.readers': 'Have it already: {people}',
  'private.readers.text':
    'Their apps drop it as soon as they reach the server. They may keep what they have seen or copied.',
  'private.whole.manages': '{name} manages your record and still sees it.',
  'private.whole.looksAfter': '{name} looks after this record too and still sees it.',
  'private.whole.asked': '{name} was asked to, and will see it after accepting.',
  'private.links': 'Links that may show it: {links}',
  'private.links.text':
    'One that is kept up to date drops it once this device has reached the server. Any other shows it until it ends, or until you end it under “My links”.',
  'private.made': { one: 'It is private now', other: '{count} entries are private now' },
  'private.reveal': 'Not private any more',
  'private.reveal.text': 'It stands in “{section}” again, for everybody who has that section, now and later.',
  'private.reveal.who': 'Will see it: {people}',
  'private.reveal.nobody': 'Nobody has this section at the moment.',
  'private.reveal.alone': 'Only this entry. What was made private together with it stays private.',
  'private.reveal.act': 'Let it be seen',
  'private.revealed': 'It is part of its section again',
  'private.add': 'Private: not part of any share',
  'private.stayOut': { one: 'One private entry stays out of it.', other: '{count} private entries stay out of it.' },
  'private.history':
    'Something in these sections is private. So they begin anew before they are shared: what was before that day is not in them.',
  'erase.title': 'Erase old and deleted versions',
  'erase.text':
    'Your record keeps every earlier version of an entry and what you deleted, so that nothing is lost by mistake. You can have that erased, section by section. What your record says now stays.',
  'erase.open': 'Erase…',
  'erase.what': 'Which sections?',
  'erase.section': '{name} ({count})',
  'erase.warning': 'This cannot be undone, not even with your recovery words.',
  'erase.warning.text':
    'Every earlier version, what is in the bin of these sections, and files you took back are gone for good, and the same of everything private. Copies that others made, and old backups, are out of your reach.',
  'erase.when':
    'The server deletes the old log once all your devices have moved on, after ninety days at the latest. Until then it lies there encrypted, for your devices alone.',
  'erase.act': 'Erase for good',
  'erase.done': 'Erased. Your other devices follow when they are next open.',
  'erase.nothingChosen': 'Choose at least one section.',
  'erase.waiting': 'Still to be deleted on the server',
  'erase.waiting.section': '{section}, begun anew on {day}',
  'erase.waiting.for': 'Waiting for {devices} to be opened.',
  'erase.waiting.soon': 'It goes with the next connection.',
  'erase.conflicts': {
    one: 'In one entry two versions stand side by side. Decide first which is right: your home page leads to it.',
    other:
      'In {count} entries two versions stand side by side. Decide first which are right: your home page leads to them.',
  },
} as const
