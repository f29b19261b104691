/** Words of a practice. */
export const practices = {
  'kept.kit.practice': 'Keep them where the practice keeps what matters most: they open it if all devices are lost.',
  'kept.kit.practice.title': 'Write down the words of the practice',
  'kit.practice.lead':
    'These 24 words open {name} on any device, also when all its devices are lost. Anyone who has them can read what its patients share, and remove everybody from its staff.',
  'kit.practice.printHint':
    'Print it or copy the words on paper, in order. Keep the paper where the practice keeps what matters most, such as a safe. Do not take a photo of it.',
  'kit.practice.elsewhere':
    'Confirm it on the device on which the practice was opened: only that one can show the 24 words.',
  'kit.practice.gone':
    'This device no longer knows the 24 words; they are only on the paper of the practice. If the paper was lost, open a new practice: it has new words, its staff are let in and its patients share with it anew.',
  'offer.practice.title': '{who} wants you to work in the practice {name}',
  'offer.practice.text': 'You would see all that patients share with it, answer in its name, and could let others in.',
  'news.offer.practice': 'You are asked to work in the practice {name}',
  'staff.asked': 'Asked to join the staff, not accepted yet',
  'staff.declined': '{name} did not want to work in this practice',
  'staff.withdrawn':
    '{who} took back the offer to work in the practice {name}. It never came to this device, and there is nothing of it here.',
  'kept.practice.open': 'Open the practice {name}',
  'keep.practice': 'Open a practice',
  'keep.practice.lead': 'Several people treat patients together here. It stays apart from your own record.',
  'keep.relation.practice': 'A practice: I treat patients with others',
  'keep.practice.name': 'What the practice is called',
  'keep.practice.what':
    'Patients meet the practice and share with it. Everybody on your staff whom you let in reads and answers in its name, and each one’s name stands at what they do. It has 24 words of its own.',
  'staff.for': '{staff}, {name}',
  'staff.ours': '{staff}, for the practice',
  'staff.title': 'Staff',
  'staff.lead':
    'Everybody here acts in the name of {name}. Whoever is removed reads nothing new: at once where the practice wrote first, and elsewhere once each patient has opened Wellkeep again.',
  'staff.acting': 'You are acting for {name}',
  'staff.list': 'Who acts for the practice',
  'staff.both':
    'Everybody on the staff can remove the others. If two do it at the same time, the one who was there first stays. The 24 words of the practice always win: whoever has them can remove everybody.',
  'staff.add': 'Add somebody to the staff',
  'staff.add.text':
    'They will see everything that patients share with {name} and write to it, answer in its name, can let others in, and remove you.',
  'staff.add.patient':
    '{name} shares a record with you, as a patient does. On the staff they would see what all other patients share.',
  'staff.patient': '{name} (patient)',
  'staff.remove.text':
    'What the practice began gets new locks at once, and the Wellkeep of {name} deletes what it has. What a patient began or shares gets them when that patient opens Wellkeep the next time: the page of patients names who has not. What {name} wrote down or copied stays with them.',
  'staff.leave': 'Leave this practice',
  'staff.leave.text': '{name} is deleted from your devices. The others on the staff keep it.',
  'switch.elsewhere': { one: '{count} new in other records', other: '{count} new in other records' },
  'practice.people': 'People',
  'practice.people.lead':
    'Patients and colleagues who have met this practice. Each patient chooses what the practice may see, and for how long.',
  'practice.people.invite': 'Invite a patient',
  'practice.people.none':
    'Invite your first patient. Meeting shares nothing: each patient chooses afterwards what this practice may see.',
  'practice.invite.next': 'Then the patient chooses what this practice may see. Until then you see nothing.',
  'practice.first.text':
    'Begin with two things: invite a patient, who then chooses what this practice may see, and let in those who look after patients with you.',
  'practice.first.staff': 'Let in staff',
  'switch.practice': 'Practice',
  'patients.pending': {
    one: '{count} patient has not given new keys yet',
    other: '{count} patients have not given new keys yet',
  },
  'patients.pending.text':
    'A device or somebody of the staff was removed. Until these patients open Wellkeep the next time, what they write and share could still be read with the keys from before: {names}.',
} as const
