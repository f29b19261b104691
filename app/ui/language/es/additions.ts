import type { additions as en } from '../en/additions.ts'
import type { Message } from '../message.ts'

export const additions = {
  'request.title.addition': 'Para el historial: {title}',
  'addition.state.proposed': 'Espera a ser aceptado',
  'addition.state.accepted': 'En el historial',
  'addition.state.entered': 'En el historial, sin preguntar',
  'addition.step.accept': 'Aceptar',
  'addition.did.propose': 'Lo escribió para el historial',
  'addition.did.accept': 'Lo aceptó',
  'addition.did.enter': 'Entró por sí solo, sin preguntar',

  'addition.window': 'Escribir para el historial',
  'addition.notShared':
    'Cuando {name} comparta algo contigo, aquí podrás escribir para su historial: pídeselo en un mensaje.',
  'addition.write': 'Escribir para el historial de {name}',
  'addition.lead': 'Lo que escribes espera hasta que lo acepte. Entonces está en su historial con tu nombre.',
  'addition.writeKind': 'Para el historial: {kind}',
  'addition.change': 'Cambiar o dejar: {medicine}',
  'addition.medicines': 'Cambiar o dejar uno de sus medicamentos',
  'addition.noMedicine': 'Este medicamento ya no está aquí o no se puede cambiar.',
  'addition.waits': 'Va a {name} y espera allí a ser aceptado.',
  'addition.send': 'Enviar para que se acepte',
  'addition.sent': 'Enviado a {name}. Espera a ser aceptado.',
  'addition.wouldSay': 'Lo que estaría en el historial',
  'addition.stands': 'Lo que se aceptó',
  'addition.changesYours': 'Tu entrada «{title}» diría esto desde ahora.',
  'addition.changesTheirs': 'Su entrada «{title}» diría esto desde ahora.',
  'addition.look': 'Mirarla como está ahora',
  'addition.open': 'Abrir la entrada',
  'addition.takenBack.mine':
    '{names} lo retiró en el mismo momento en que lo aceptaste. Pregunta por qué; puedes mover la entrada a la papelera.',
  'addition.takenBack': 'Se retiró en el mismo momento en que se aceptó. Está en el historial de {names}.',
  'addition.unasked': 'Aceptar todo lo de {name} sin preguntarme',
  'addition.unasked.title': '¿Aceptar todo lo de {name} sin preguntar?',
  'addition.unasked.text':
    'Desde ahora, lo que {name} escriba para tu historial entra enseguida: notas, resultados, mediciones y tareas, y cambios en tus medicamentos, también que se dejó alguno. «Novedades» te avisa de cada uno. Puedes deshacerlo aquí cuando quieras; lo que ya entró se queda.',
  'addition.unasked.yes': 'Aceptar sin preguntar',
  'addition.pending': {
    one: 'Una entrada espera a que la aceptes',
    other: '{count} entradas esperan a que las aceptes',
  },
  'addition.lookAt': 'Mirar',
  'requests.waitingForYou': 'Te espera a ti',
  'entry.from': 'Escrito por',
  'author.acceptedByYou': '{name}; lo aceptaste: {when}',
  'author.unasked': '{name}; por sí solo, como quieres: {when}',
  'author.accepted': '{name}; aceptado: {when}',
  'author.yoursAccepted': 'Tú; aceptado: {when}',
  'author.somebodysAccepted': 'Alguien cuyo nombre no está aquí; aceptado: {when}',
} as const satisfies Record<keyof typeof en, Message>
