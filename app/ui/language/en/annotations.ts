/** Words of notes beside entries. */
export const annotations = {
  'kind.annotation': 'Note on an entry',
  'kinds.annotation': 'Notes on entries',
  'annotation.title': 'Notes',
  'annotation.none': 'No notes yet. A note stands beside what is here and changes nothing of it.',
  'annotation.add': 'Add a note',
  'annotation.edit': 'Edit the note',
  'annotation.about': 'The note will stand beside “{title}”.',
  'annotation.text': 'Your note',
  'annotation.hint': 'Whoever can see this entry sees the note too.',
  'annotation.fileHint': 'Whoever can see that entry sees this too. It also stands among your documents.',
  'attachment.pdf':
    'A PDF opens in another program: save a copy and open that. If it has a password, that program asks for it.',
  'annotation.toEntry': 'Go to what it is about',
} as const
