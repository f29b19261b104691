import type { people as en } from '../en/people.ts'
import type { Message } from '../message.ts'

export const people = {
  'people.lead': 'Cada persona ve solo lo que compartes con ella, y solo durante el tiempo que tú digas.',
  'people.invite': 'Invitar a alguien',
  'people.haveInvitation': 'Tengo una invitación',
  'people.contacts': 'Personas que conoces aquí',
  'people.none.title': 'Todavía no hay nadie aquí',
  'people.none.text':
    'Invita a alguien de confianza: una hija, un padre, una enfermera. Conectar no comparte nada de tu historial. Lo que podrá ver lo eliges después.',
  'people.notHere':
    'Para compartir hace falta un historial propio con copia de seguridad. Este se queda en este dispositivo.',
  'people.state.waiting': 'Esperando su respuesta',
  'people.state.refused': 'No se pudo conectar',
  'people.state.changed': 'Tiene un Wellkeep nuevo: compruébalo',
  'people.state.known': 'Sin comparar todavía',
  'people.state.differs': 'El número era distinto',
  'people.state.compared': 'Comparado',
  'people.sees': { one: 'Ve una sección tuya', other: 'Ve {count} secciones tuyas' },
  'people.seesNothing': 'No ve nada tuyo',
  'people.iSee': { one: 'Tú ves una sección', other: 'Tú ves {count} secciones' },
  'people.invitations': 'Invitaciones abiertas',
  'people.invitation.anyone': 'Para la persona a quien se la des',
  'people.invitation.for': 'Para {name}, para volver a conectar',
  'people.invitation.left': 'Le queda: {time}',
  'people.invitation.show': 'Mostrarla',
  'people.invitation.withdraw': 'Retirar',
  'people.invitation.withdrawn': 'Retirada. Ya no abre nada.',

  'invite.title': 'Tu invitación',
  'invite.lead': 'Para una persona. Sirve una vez, hasta: {date}.',
  'invite.together': 'Están en el mismo lugar',
  'invite.together.text':
    'La otra persona abre Wellkeep, luego “Familia y compartir”, luego “Tengo una invitación”, y escanea esto. También sirve la cámara de un teléfono.',
  'invite.qr': 'Código QR de tu invitación',
  'invite.apart': 'Están en lugares distintos',
  'invite.apart.text':
    'Envía este enlace de una manera que solo lea esa persona. Quien lo abra primero podría hacerse pasar por ella.',
  'invite.link': 'Enlace',
  'invite.copy': 'Copiar',
  'invite.copied': 'Copiado',
  'invite.notCopied': 'El navegador no permitió copiar. Selecciona el enlace y cópialo a mano.',
  'invite.share': 'Enviarlo…',
  'invite.share.text': 'Me gustaría conectar contigo en Wellkeep.',
  'invite.words': 'Por teléfono: lee en voz alta estas ocho palabras',
  'invite.next': 'Qué pasa después',
  'invite.next.answer': 'La otra persona dice que sí en su Wellkeep, y ves su nombre aquí.',
  'invite.next.compare': 'Los dos comparan un número, para tener la certeza de que no hay nadie en medio.',
  'invite.next.share': 'Después eliges lo que puede ver. Hasta entonces no ve nada.',
  'invite.waiting': 'Esperando una respuesta. Puedes salir de esta página; la invitación sigue abierta.',
  'invite.over.title': 'Esta invitación ya no está abierta',
  'invite.over.text': 'Se usó, se retiró, o se le acabó el tiempo.',
  'invite.over.toPeople': 'Ver a todas las personas',

  'invite.elsewhere': 'Si esa persona tiene Wellkeep en otro servidor, pega allí el enlace, en “Tengo una invitación”.',
  'invite.words.server': 'Si está en otro servidor, dile también el tuyo: {address}',
  'meet.server': 'Su servidor',
  'meet.server.hint': 'Si esa persona usa otro servidor de Wellkeep: su dirección. Está junto a sus palabras.',
  'meet.server.wrong': 'Esto no es la dirección de un servidor. Empieza por https://',
  'meet.elsewhere':
    'Esa persona usa otro servidor: {host}. Tu app le pedirá lo que comparta y escriba. Quien lo administra sabrá tu dirección de red y cuándo miras, y no podrá leer nada.',
  'contact.elsewhere': 'En otro servidor: {host}',
  'meet.title': 'Tengo una invitación',
  'meet.lead': 'Alguien te dio un código, un enlace u ocho palabras.',
  'meet.scan': 'Escanear el código',
  'meet.paste': 'El enlace, o las ocho palabras',
  'meet.pasteHint': 'Pega el enlace. O escribe las palabras en orden, con espacios entre ellas.',
  'meet.look': 'Ver de quién es',
  'meet.looking': 'Mirando de quién es la invitación…',
  'meet.from': '{name} te invita',
  'meet.fromKnown':
    'Ya conoces a {name} aquí. Sigue solo si uno de los dos ha empezado de nuevo con Wellkeep, o si te pidió volver a conectar.',
  'meet.sent': 'Qué se envía si dices que sí',
  'meet.sent.name': 'Tu nombre, como figura en tu historial: {name}.',
  'meet.sent.nothing': 'Nada más. Conectar no comparte nada de tu historial; eso lo elige cada uno después.',
  'meet.sent.sealed': 'Va sellado, para que solo lo pueda leer esa persona.',
  'meet.accept': 'Sí, conectar',
  'meet.notNow': 'Ahora no',
  'meet.failed.locked': 'Mientras tanto se bloqueó el historial. Desbloquéalo e inténtalo de nuevo.',
  'meet.failed.not-here':
    'Para esto hace falta un historial propio con copia de seguridad. No se puede con uno de ejemplo, ni en un dispositivo que se quitó.',
  'meet.failed.unreachable':
    'No se puede llegar al servidor que los conecta. Comprueba tu conexión e inténtalo de nuevo.',
  'meet.failed.relay-refused': 'El servidor no quiso pasarlo. Inténtalo de nuevo más tarde.',
  'meet.failed.not-an-invitation': 'Esto no es una invitación: ni un enlace ni ocho palabras.',
  'meet.failed.words': 'Estas no son las ocho palabras: mira las de abajo.',
  'meet.failed.nothing-there':
    'No existe esa invitación. Puede que una palabra sea otra, o que terminara hace mucho. Compárala, o pide una nueva.',
  'meet.failed.closed.used': 'Alguien ya usó esta invitación. Si no fuiste tú, avisa a quien te la envió.',
  'meet.failed.closed.withdrawn': 'Esta invitación se retiró. Pide una nueva.',
  'meet.failed.closed.expired': 'Esta invitación ha terminado. Pide una nueva.',
  'meet.failed.own': 'Esta es tu propia invitación. Es para otra persona.',
  'meet.failed.damaged': 'Lo que llegó está dañado, o se cambió por el camino. Pide una nueva invitación.',
  'meet.failed.other-relay':
    'Esa persona usa otro servidor de Wellkeep, y lo que llegó no dice cuál. Los círculos se quedan en un solo servidor.',
  'meet.failed.not-found': 'Esto ya no está en tu lista.',
  'meet.wordCount': {
    one: 'Hay {count} palabra; una invitación tiene ocho.',
    other: 'Hay {count} palabras; una invitación tiene ocho.',
  },

  'contact.gone': 'Esta persona ya no está en tu lista.',
  'contact.waiting.title': 'Esperando a {name}',
  'contact.waiting.text':
    'Tu sí está en camino. Cuando {name} vuelva a abrir Wellkeep, la conexión estará hecha. No hace falta que esperes aquí.',
  'contact.refused.title': 'No se pudo conectar',
  'contact.refused.used':
    'Otra persona había usado la invitación antes que tú. Díselo a {name}: si ninguno de los dos sabe quién fue, la vio alguien desconocido. Después pide una nueva y quita esta entrada.',
  'contact.refused.withdrawn': '{name} había retirado la invitación. Pide una nueva y quita esta entrada.',
  'contact.refused.expired':
    'La invitación había terminado cuando llegó tu respuesta. Pide una nueva y quita esta entrada.',
  'contact.changed.title': '¿Es de verdad {name}?',
  'contact.changed.text':
    '{name} respondió desde un Wellkeep recién creado. Eso pasa cuando alguien pierde sus dispositivos. También es lo que se ve cuando alguien desconocido se hace pasar por esa persona. Hasta que decidas, no se comparte nada nuevo.',
  'contact.changed.ask': 'Pregunta a {name} por teléfono o en persona, y comparen el número de abajo. Es el nuevo.',
  'contact.changed.use': 'Aceptar el nuevo sin comparar',
  'contact.changed.keep': 'Quedarme con el anterior',
  'contact.changed.kept': 'El nuevo se descartó. Todo sigue como estaba.',
  'contact.changed.used': 'Desde ahora vale el nuevo.',

  'compare.title': 'Comparen este número',
  'compare.title.done': 'El número que comparaste',
  'compare.why':
    'Los dos ven el mismo número, salvo que haya alguien en medio. Miren las dos pantallas, o léanlo en voz alta por teléfono. Bastan las cifras o las palabras.',
  'compare.digits': '60 cifras',
  'compare.asWords': 'Mostrarlo en 18 palabras',
  'compare.words': '18 palabras',
  'compare.same': 'Son iguales',
  'compare.differ': 'Son distintos',
  'compare.done': 'Comparaste el número el {date}. Sabes que es de verdad {name}.',
  'compare.show': 'Mostrar el número',
  'compare.undo': 'Comparar otra vez desde el principio',
  'compare.other':
    'Mientras tanto, esa persona volvió con otras claves. No se anotó nada: comparen el número que está aquí ahora.',
  'compare.thanks': 'Bien. Ahora sabes que es de verdad {name}.',
  'compare.differ.title': 'Entonces no compartas nada todavía',
  'compare.differ.same': 'Asegúrate de que cada uno mira la página del otro, y no la de otra persona.',
  'compare.differ.anew':
    'Si uno de los dos ha empezado de nuevo con Wellkeep, vuelvan a conectar con una invitación nueva.',
  'compare.differ.between':
    'Si sigue siendo distinto, puede que haya alguien en medio. Quita aquí a esta persona, y vuelvan a conectar cuando estén en la misma habitación.',
  'compare.differ.back': 'Ver otra vez el número',

  'contact.more': 'Más',
  'contact.rename': 'Cambiar el nombre',
  'contact.name': 'Nombre',
  'contact.name.hint': 'Solo lo ves tú.',
  'contact.meetAgain': 'Volver a conectar',
  'contact.meetAgain.text':
    'Vuelve a conectar si {name} ha empezado de nuevo con Wellkeep, ha terminado el contacto contigo, o si el número era distinto.',
  'contact.remove': 'Quitar a {name}',
  'contact.remove.title': '¿Quitar a {name}?',
  'contact.remove.text':
    'Todo lo que compartes con esta persona termina, y lo que comparte contigo desaparece de este dispositivo. Puede conservar lo que ya vio. Para volver a compartir, tendrían que volver a conectar.',
  'contact.removed': 'Se quitó a {name}.',
} satisfies Record<keyof typeof en, Message>
