import type { push as en } from '../en/push.ts'
import type { Message } from '../message.ts'

export const push = {
  'push.title': 'Avisar en este dispositivo de que llegó algo',
  'push.text':
    'Con Wellkeep cerrado, este dispositivo puede mostrar «Hay algo nuevo en Wellkeep»: nunca qué es ni de quién. Está desactivado hasta que lo actives, y vale solo para este dispositivo.',
  'push.reveals':
    'El fabricante de tu navegador gestiona el servicio que transmite la señal. Sabe que llegó algo para este navegador y cuándo, pero no qué ni de quién. El servidor sabe a qué dispositivo debe avisar.',
  'push.circles':
    'Los círculos y los historiales que llevas por otras personas o en los que actúas quedan fuera: tu servidor tendría que guardar cuáles son de este dispositivo. Lo nuevo en ellos lo ves al abrir Wellkeep.',
  'push.turnOn': 'Avisar en este dispositivo',
  'push.turnOff': 'Dejar de avisar en este dispositivo',
  'push.impossible':
    'Este navegador no puede recibir avisos con Wellkeep cerrado. En un iPhone o iPad, añade primero Wellkeep a la pantalla de inicio y ábrelo desde allí.',
  'push.refused': 'No se dio permiso al navegador. Puedes cambiarlo en sus ajustes para este sitio.',
  'push.failed': 'El navegador no pudo configurarlo. Inténtalo más tarde.',
  'push.notOffered': 'Tu servidor no ofrece esto para tu navegador.',
  'push.unreachable': 'Ahora no se puede contactar con el servidor. Inténtalo cuando tengas conexión.',
  'push.quiet': 'Horas de silencio',
  'push.quiet.same': 'Las dos horas son iguales. Indica cuándo terminan las horas de silencio.',
  'push.quiet.text':
    'En estas horas no se muestra nada; lo que llegó se avisa una vez al final. Solo el servidor puede retenerlo, así que recibe las horas, y con ellas cuándo puedes estar durmiendo.',
  'push.quiet.from': 'Desde',
  'push.quiet.to': 'Hasta',
  'push.shown': 'Hay algo nuevo en Wellkeep',
} as const satisfies Record<keyof typeof en, Message>
