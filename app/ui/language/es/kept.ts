import type { kept as en } from '../en/kept.ts'
import type { Message } from '../message.ts'

export const kept = {
  'switch.label': 'Historial de {name}. Elegir otro',
  'switch.here': 'Estás aquí',
  'switch.own': 'Tu propio historial',
  'switch.kept': 'Tú llevas este historial',
  'switch.managed': 'Tú gestionas este historial',
  'switch.shared': 'Compartido por {name}',
  'today.title': 'Hoy, en los otros historiales',
  'today.open': 'Abrir el historial de {name}',
  'today.fresh': {
    one: 'Una entrada con fecha de los últimos 7 días',
    other: '{count} entradas con fecha de los últimos 7 días',
  },
  'today.nothingNew': 'Nada con fecha de los últimos 7 días',
  'today.shareEnds': 'Lo que {name} ve de él termina en {time}',
  'keep.title': 'Llevar el historial de otra persona',
  'keep.lead':
    'Para una hija o un hijo, tu madre, tu padre, o cualquier persona a quien cuidas. Va aparte de tu propio historial.',
  'keep.name': 'Su nombre',
  'keep.relation': '¿Para quién es?',
  'keep.relation.child': 'Mi hija o hijo',
  'keep.relation.parent': 'Mi madre o padre',
  'keep.relation.other': 'Otra persona',
  'keep.what':
    'El historial recibe 24 palabras propias. Imprímelas o escríbelas y guárdalas para la persona de quien trata: abren el historial sin ti.',
  'keep.submit': 'Crear el historial',
  'kept.window': 'Un historial que llevas',
  'kept.sheet.title': 'El kit de recuperación de {name}',
  'kept.sheet.lead':
    'Estas 24 palabras abren el historial de {name} en cualquier dispositivo, sin ti. Guarda el papel para {name}, o dáselo: quien tenga las palabras puede leer este historial.',
  'kept.sheet.confirmed': 'El kit de recuperación de {name} está confirmado.',
  'kept.empty.title': 'El historial de {name} está listo',
  'kept.empty.text':
    'Empieza con un archivo de la clínica o de otra aplicación, o con lo que más importa en una emergencia: alergias y medicamentos. Solo puede leerlo quien cuida de este historial: lo que va a la copia de seguridad está sellado.',
  'kept.sections': 'Todo el historial',
  'kept.gone': 'Aquí no existe ese historial. Puede que lo llevaras antes, o que la dirección esté mal escrita.',
  'kept.fetching':
    'El historial de {name} todavía no está en este dispositivo. Llega en cuanto se pueda llegar al servidor.',
  'kept.kit.title': 'Escribe en papel las palabras de este historial',
  'kept.kit.text': 'Pertenecen a la persona de quien trata, y lo abren si se pierden todos tus dispositivos.',
  'kept.add.lead': 'Lo que añades va al historial de {name}. ¿Qué quieres añadir?',
  'print.kept': 'Del historial de salud de {name}. Impreso desde Wellkeep el {date}.',
  'kept.guardians': 'Responsables',
  'kept.records': 'Historiales que llevas para otras personas',
  'kept.managed': 'Tú lo gestionas {until}',
  'kept.taking':
    '{name} se está haciendo cargo de este historial. Aquí se puede leer hasta que termine; ya no se puede añadir nada.',
  'kept.out.title': 'Este historial ya no está contigo',
  'kept.out':
    'Se entregó, o alguien te quitó de él. Lo último que escribiste aquí no llegó a nadie; cambios: {count}. Léelos o cópialos, y luego elimina esta copia en “Responsables”.',
  'kept.refused.title': 'El servidor dice que ya no tienes acceso a este historial',
  'kept.refused':
    'Puede ser así, o puede que el servidor se equivoque: nadie más lo ha dicho. No se eliminó nada. Aquí puedes leerlo todo; no se puede añadir nada y no llega nada nuevo. Pregunta a las demás personas que cuidan de este historial. Si ha terminado, elimina esta copia en “Responsables”.',
  'kept.refused.unsent': {
    one: '{count} cambio que hiciste aquí no ha llegado a nadie.',
    other: '{count} cambios que hiciste aquí no han llegado a nadie.',
  },
  'kept.notServed':
    'El servidor no da a este dispositivo el historial de {name}. Quien te dejó entrar puede haber cambiado de idea, o puede que el servidor se equivoque. Pregúntale; Wellkeep lo sigue intentando.',
  'kept.withdrawn':
    '{who} retiró la oferta de cuidar del historial de {name}. Nunca llegó a este dispositivo, y aquí no hay nada de él.',
  'kept.putAway': 'Quitar de la lista',
  'kept.putAwayOf': 'Quitar de la lista: el historial de {name}',
  'kept.putAway.text':
    'Esta copia del historial de {name} se elimina de este dispositivo, con todo lo que hay en ella y no llegó a nadie. Si el servidor se equivocaba, te tienen que dejar entrar de nuevo.',
  'kept.putAway.act': 'Eliminar esta copia',
  'kept.ended.withdrawn': '{name}: se te ofreció este historial, y la oferta se retiró.',
  'kept.ended.removed': '{name}: te quitaron de este historial, y aquí se eliminó.',
  'kept.ended.left': '{name}: dejaste este historial.',
  'kept.ended.expired': '{name}: terminó el tiempo en que gestionabas este historial.',
  'kept.ended.handed-over': '{name}: este historial se entregó a la persona de quien trata, y aquí se eliminó.',
  'kept.ended.taken-over':
    '{name}: este historial ahora es tuyo. Todo lo que contiene es parte de tu propio historial.',
  'kept.unmet':
    'Se acordó algo para {names}, con quien todavía no has conectado en Wellkeep. Conéctense, y luego compártelo tú.',
  'guardian.lead':
    'Pueden hacerlo todo en el historial de {name}: ver, añadir, cambiar, dejar entrar a otras personas y quitarse unas a otras.',
  'guardian.list': 'Quién cuida de este historial',
  'guardian.both':
    'Cada responsable puede quitar a los demás. Si dos lo hacen a la vez, se queda quien estaba antes. Las 24 palabras del historial siempre ganan: quien las tenga puede quitar a todos.',
  'guardian.you': 'Tú',
  'guardian.takesOver': 'se hace cargo del historial',
  'guardian.state.preparing': 'Dándole acceso',
  'guardian.state.offered': 'Sin aceptar todavía',
  'guardian.state.active': 'Responsable',
  'guardian.state.removing': 'Quitándose',
  'guardian.now': 'Cuida de este historial entero',
  'guardian.asked': 'Se le pidió cuidar de este historial entero; todavía no lo ha aceptado',
  'guardian.add': 'Añadir responsable',
  'guardian.add.act': 'Dar acceso',
  'guardian.add.text':
    'Verá todo lo que hay en el historial de {name}, también las entradas privadas; puede cambiarlo, dejar entrar a otras personas y quitarte a ti.',
  'guardian.added': '{name} recibe una oferta y no ve nada antes de aceptarla.',
  'guardian.who': '¿Quién?',
  'guardian.choose': 'Elige a alguien',
  'guardian.choose.needed': 'Elige quién debe ser.',
  'guardian.allIn': 'Todas las personas que conoces aquí ya cuidan de este historial, o ya se les ha pedido.',
  'guardian.noContacts': 'Elige a alguien de tu gente. Todavía no has conectado con nadie en Wellkeep.',
  'guardian.removeOf': 'Quitar a {name} de este historial',
  'guardian.remove.title': '¿Quitar a {name}?',
  'guardian.remove.text':
    'Cada parte del historial recibe cerraduras nuevas. {name} no recibe nada nuevo, y su Wellkeep elimina lo que tiene. Lo que haya anotado o copiado se queda en su poder.',
  'guardian.leave': 'Dejar de cuidar de este historial',
  'guardian.leave.act': 'Dejarlo',
  'guardian.leave.text': 'El historial de {name} se elimina de tus dispositivos. Los demás responsables lo conservan.',
  'guardian.failed.not-found': 'Esto ya ha terminado, o la persona ya no está en tu lista.',
  'guardian.failed.already-in': 'Esta persona ya está dentro, o el historial ya lo está.',
  'guardian.failed.not-compared':
    'Primero compara el número con esta persona, en su página. El historial no debe llegar a alguien que se haga pasar por ella.',
  'guardian.failed.being-taken': 'Alguien ya se está haciendo cargo del historial.',
  'guardian.failed.last-guardian':
    'No hay más responsables que tú. Primero añade a alguien más o entrega el historial.',
  'guardian.failed.words':
    'Con estas palabras no se encontró ningún historial. Busca una palabra equivocada o que falte.',
  'handOver.title': 'Entregar',
  'handOver.none': 'Todavía no hay ningún plan de cuándo recibe {name} este historial.',
  'handOver.lead': 'El día que elijas, {name} recibe este historial con claves propias. Tú conservas lo que acuerden.',
  'handOver.state.planned': 'El {date} este historial pasa a {name}.',
  'handOver.state.now': 'Se le pide a {name} que se haga cargo del historial ahora.',
  'handOver.state.declined':
    'Se le pidió a {name} y no se ha hecho cargo de este historial. Puedes volver a pedírselo.',
  'handOver.state.taking': '{name} se está haciendo cargo del historial.',
  'handOver.keeps': '{name} conserva: {what}',
  'handOver.limits':
    'Nadie puede hacer que un responsable olvide lo que leyó, ni que se conecte ese día. Si tú no lo haces, lo hace el Wellkeep de otro responsable, o las 24 palabras del historial: con ellas cualquiera se puede hacer cargo en cualquier momento.',
  'handOver.plan': 'Planearlo',
  'handOver.change': 'Cambiar el plan',
  'handOver.cancel': 'Renunciar al plan',
  'handOver.now': 'Entregar ahora',
  'handOver.now.act': 'Entregar',
  'handOver.now.text':
    'Se le pide a {name} en cuanto este dispositivo tenga conexión. Cuando {name} acepta, el historial sale de tus dispositivos, y conservas lo acordado.',
  'handOver.noContact': '{name} necesita primero su propio Wellkeep. Conéctense ahí, y comparen el número.',
  'handOver.who': '¿Quién se hace cargo?',
  'handOver.day': '¿Qué día?',
  'handOver.dayHint': 'A menudo, al cumplir 18 años. Tú decides; esto no es asesoramiento legal.',
  'handOver.keepsWhat': '¿Qué conserva {name}?',
  'handOver.chosen': { one: '{count} sección', other: '{count} secciones' },
  'handOver.keepsNothing': '{name} no conserva nada y ya no lo ve.',
  'handOver.untilStopped': 'hasta que {name} le ponga fin',
  'handOver.lastDay': '¿Hasta qué día?',
  'handOver.lastDayHint': 'Déjalo vacío: hasta que {name} le ponga fin.',
  'handOver.lastDayTooEarly': 'Elige el día de la entrega o uno posterior.',
  'handOver.sees': 'Quién ve el historial cuando lo tenga {name}',
  'handOver.seesAll': '{name} lo tiene todo, y decide quién más ve algo de él.',
  'handOver.othersOut': 'Entraron desde este historial hasta ahora, y entonces quedan fuera: {names}.',
  'handOver.restOut': 'Todas las demás personas que cuidan de este historial, o entraron desde él, quedan fuera.',
  'handOver.readers':
    'Ya muestras partes de tu propio historial a otras personas. También verán lo que ahora entre en esas partes:',
  'handOver.managers': '{name} gestiona todo tu historial, y también verá todo esto.',
  'handOver.nobodyElse': 'No muestras nada de tu propio historial a otras personas. Nadie más lo ve.',
  'handOver.submit': 'Planearlo',
  'takeOver.title': 'Hacerme cargo de un historial con sus palabras',
  'takeOver.lead': '¿Alguien llevaba un historial para ti? Sus 24 palabras lo hacen tuyo.',
  'takeOver.words': 'Las 24 palabras de ese historial',
  'takeOver.what':
    'Todo lo que contiene pasa a ser parte de tu propio historial. Todas las personas que cuidaban de él quedan fuera.',
  'takeOver.accept': 'Hacerlo mío',
  'takeOver.begun': 'Ya está entrando. Puede tardar unos minutos.',
  'takeOver.coming': '{name}: este historial está entrando en el tuyo. Puede tardar unos minutos.',
  'offer.guardian.title': '{who} quiere que cuides del historial de {name}',
  'offer.guardian.text': 'Podrías hacerlo todo en él: ver, añadir, cambiar y dejar entrar a otras personas.',
  'offer.manager.title': '{who} quiere que gestiones su historial',
  'offer.manager.text':
    'Podrías hacerlo todo en el historial de {name}: ver, añadir, cambiar y dejar entrar a otras personas.',
  'offer.hand-over.title': '{who} te entrega el historial de {name}',
  'offer.hand-over.text':
    'Todo lo que contiene pasa a ser parte de tu propio historial. Quien lo tenía hasta ahora ya no lo tiene, salvo lo acordado abajo.',
  'manage.window': 'Dejar que alguien gestione',
  'manage.title': 'Dejar que {name} gestione tu historial',
  'manage.lead': 'Para alguien que cuida de ti.',
  'manage.link': 'Dejar que gestione todo',
  'manage.link.text': 'En su lugar, alguien que cuida de ti puede gestionar todo tu historial.',
  'manage.everything': 'Lo recibe todo',
  'manage.sees': 'Ve todas las secciones, también las entradas privadas.',
  'manage.changes': 'Añade, cambia y elimina.',
  'manage.lets':
    'Deja entrar a otras personas, y puede quitar personas y dispositivos, también los tuyos. Tus 24 palabras siempre ganan.',
  'manage.others':
    'Con una aplicación modificada también podría abrir los historiales que otras personas comparten contigo y los que llevas.',
  'manage.act': 'Dejar que gestione',
  'manage.now': 'Gestiona todo tu historial, {until}',
  'manage.asked': 'Se le pidió gestionar todo tu historial; todavía no lo ha aceptado',
  'manage.change.title': 'Hasta cuándo gestiona {name} tu historial',
  'manage.change.lead': 'Más tiempo se firma con tu frase de contraseña. Menos, no.',
  'manage.changed': 'Cambiado. El Wellkeep de {name} lo sigue en cuanto tenga conexión.',
  'manage.theirs':
    'El historial es de {name}, que puede retirar esto en cualquier momento. Las 24 palabras del historial siempre ganan: quien las tenga puede quitar a todos.',
  'manage.leave.text':
    'El historial de {name} se elimina de tus dispositivos. {name} lo conserva, y tendría que volver a dejarte entrar.',
  'manage.withYours': 'Termina para esa persona cuando termina para ti: {until}.',
  'manage.together':
    'Lo que {name} y otras personas se escriben no forma parte de lo que gestionas: solo {name} lo lee. Lo que escribes tú sale de tus propios mensajes.',
  'manage.together.own': 'Ir a mis mensajes',
  'manage.managers': 'Gestionan tu historial',
} satisfies Record<keyof typeof en, Message>
