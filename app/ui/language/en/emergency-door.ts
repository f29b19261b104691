/** What the page that asks for the passphrase says of the emergency card. */
export const emergencyDoor = {
  'emergency.title': 'Emergency card',
} as const
