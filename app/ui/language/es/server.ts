import type { server as en } from '../en/server.ts'
import type { Message } from '../message.ts'

/** Words of the page about one’s own server. */
export const server = {
  'server.title': 'Tu servidor',
  'server.sample': 'Un ejemplo no está en ningún servidor. Se queda en este dispositivo.',
  'server.code.title': 'A quién acepta',
  'server.code.given': 'Ya pusiste un código, y tus otros dispositivos también lo usan. Si te dan otro, ponlo aquí.',
  'server.code.hint': 'Te lo dio quien administra este servidor, quizá en papel o en un mensaje.',
  'server.code.notAsked': 'Este servidor acepta a todo el mundo y no pide ningún código.',
  'server.code.unreachable': 'Ahora no se puede contactar con el servidor, así que no se sabe si pide un código.',
  'server.code.use': 'Usar este código',
  'server.code.taken': 'El código queda guardado para todos tus dispositivos',
  'server.code.notTaken': 'El servidor no conoce este código. Mira si está entero o pregunta a quien lo administra.',
  'server.code.locked': 'Tu historial está bloqueado. Desbloquéalo primero.',
  'server.second.title': 'Un segundo servidor',
  'server.second.text':
    'Recibe de tus dispositivos una copia sellada de todo lo que tienes. Si un día se pierde tu servidor, abre Wellkeep en el segundo y recupera tu historial con tus 24 palabras.',
  'server.second.not':
    'No se copian los historiales que llevas para otras personas, los círculos ni los enlaces que diste: esos llevan a tu propio servidor.',
  'server.second.add': 'Añadir un segundo servidor',
  'server.second.address': 'Su dirección',
  'server.second.codeHint': 'Si solo acepta a quien recibió uno de quien lo administra.',
  'server.second.asks':
    'Quien administra {host} recibe todo lo que tienes y lo que venga, sellado, y no puede leer nada.',
  'server.second.own': 'Este es el servidor que ya usas.',
  'server.second.away': 'Ahora no se puede contactar con este servidor, o no existe.',
  'server.second.noRelay': 'Lo que responde ahí no es un servidor de Wellkeep.',
  'server.second.needsCode': 'Este servidor solo acepta a quien recibió un código de quien lo administra. Ponlo.',
  'server.second.working': 'La copia está en camino.',
  'server.second.brokenOff':
    'Detuviste la copia en este dispositivo. Sigue cuando tú quieras, o la próxima vez que desbloquees.',
  'server.second.breakOff': 'Detener',
  'server.second.goOn': 'Seguir',
  'server.second.level': 'Todo estaba allí el {time}.',
  'server.second.unreachable': 'Ahora no se puede contactar con él. Tus dispositivos lo siguen intentando.',
  'server.second.not-admitted': 'Ya no te acepta sin otro código. Quítalo y añádelo de nuevo con ese.',
  'server.second.full': 'Ya no tiene sitio para ti. Pide más a quien lo administra.',
  'server.second.refused': 'Rechaza la copia. Dile a quien lo administra el motivo: “{reason}”.',
  'server.second.partly': {
    one: 'Le falta {count} parte antigua que este dispositivo nunca tuvo. Abre Wellkeep en el dispositivo que tienes desde hace más tiempo.',
    other:
      'Le faltan {count} partes antiguas que este dispositivo nunca tuvo. Abre Wellkeep en el dispositivo que tienes desde hace más tiempo.',
    many: 'Le faltan {count} de partes antiguas que este dispositivo nunca tuvo. Abre Wellkeep en el dispositivo que tienes desde hace más tiempo.',
  },
  'server.second.remove': 'Quitar el segundo servidor',
  'server.second.removeText':
    'Lo que hay en {host} se puede borrar antes. Si lo dejas, quien lo administra lo sigue teniendo, sellado.',
  'server.second.delete': 'Borrar lo que hay allí',
  'server.second.leave': 'Dejarlo allí',
  'server.second.notDeleted': 'No se puede contactar con el servidor, así que no se borró nada y nada cambió.',
  'server.move.title': 'Mudarte a otro servidor',
  'server.move.text':
    'Todo lo que tienes va allí, y tus dispositivos y contactos siguen por sí solos. Treinta días después se borra aquí.',
  'server.move.not':
    'Los historiales que llevas para otras personas y los círculos se quedan donde están. Los avisos terminan: actívalos de nuevo después en cada dispositivo.',
  'server.move.begin': 'Mudarme a otro servidor',
  'server.move.asks':
    'Tu historial va a {host}. Quien administra ese servidor lo recibe todo, sellado, y no puede leer nada.',
  'server.move.links': {
    one: '{count} enlace que diste lleva al servidor de ahora. No puede ir contigo.',
    other: '{count} enlaces que diste llevan al servidor de ahora. No pueden ir contigo.',
    many: '{count} de enlaces que diste llevan al servidor de ahora. No pueden ir contigo.',
  },
  'server.move.links.end': 'Terminarlos y mudarme',
  'server.move.links.wait': 'Mudarme cuando terminen',
  'server.move.hasSecond': 'Tienes otro segundo servidor. Quítalo primero o múdate a ese.',
  'server.move.stillMoving':
    'Lo que había en el servidor anterior aún no está borrado. Espera a que lo esté o bórralo primero.',
  'server.move.copying':
    'Tu historial va camino de {host}. Cuando todo esté allí, todos tus dispositivos pasan por sí solos. Hasta entonces nada cambia para ti.',
  'server.move.waiting': {
    one: 'Todo está en {host}. {count} enlace que diste aún lleva al servidor anterior: cuando termine o lo termines, tus dispositivos pasan.',
    other:
      'Todo está en {host}. {count} enlaces que diste aún llevan al servidor anterior: cuando terminen o los termines, tus dispositivos pasan.',
    many: 'Todo está en {host}. {count} de enlaces que diste aún llevan al servidor anterior: cuando terminen o los termines, tus dispositivos pasan.',
  },
  'server.move.cancel': 'No mudarme',
  'server.move.cancelNote': 'Lo que ya está allí queda entonces como tu segundo servidor.',
  'server.move.tooLate': 'Ya ha pasado allí.',
  'server.move.moved': 'Tu historial se mudó a {host} el {time}.',
  'server.move.left':
    'Las cartas que aún llegan a {host} se leen. Lo que había allí se borra después del {time}, cuando todos tus dispositivos y contactos lo sepan.',
  'server.move.app':
    'La aplicación de este dispositivo aún viene de {before}. Antes de dejar ese servidor para siempre, abre Wellkeep en {address} en este dispositivo y únelo allí a otro dispositivo tuyo, o usa tus 24 palabras.',
  'server.move.kit': 'Tu kit de recuperación nombra el servidor anterior: escribe {address} en él.',
  'server.move.delete': 'Borrar lo que queda allí',
} satisfies Record<keyof typeof en, Message>
