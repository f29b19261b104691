export const waiting = {
  'welcome.have.backup': 'Restaurar desde un archivo de copia de seguridad',
  'meet.waits': 'Alguien te invita',
  'meet.waits.unlock': 'Desbloquea tu historial para ver quién es.',
  'meet.waits.create':
    'Primero crea tu historial o recupera el que tenías. La invitación espera mientras esta ventana esté abierta. Si tienes Wellkeep en otro servidor, ábrelo allí y pega el enlace.',
  'meet.banner': 'Has abierto una invitación.',
  'meet.banner.act': 'Ver de quién es',
  'received.banner': {
    one: 'Alguien quiere compartir su historial contigo.',
    other: '{count} personas quieren compartir su historial contigo.',
  },
  'received.banner.act': 'Ver',
  'offer.banner': { one: 'Se te ofrece un historial.', other: 'Se te ofrecen {count} historiales.' },
  'offer.banner.practice': {
    one: 'Se te pide trabajar en un consultorio.',
    other: 'Se te pide trabajar en {count} consultorios.',
  },
}
