import type { ConditionId, TopicWords } from '../../topics.ts'

export const conditions: Readonly<Record<ConditionId, TopicWords>> = {
  'high-blood-pressure': {
    name: 'Presión arterial alta',
    what: 'La presión arterial es la fuerza con que la sangre empuja las paredes de las arterias. En la presión alta (hipertensión) se mantiene demasiado elevada. Con los años, el corazón trabaja de más, y puede llegar a haber un ataque al corazón, un derrame cerebral, insuficiencia cardíaca o enfermedad de los riñones.',
    notice: 'Por lo general, nada. Por eso se descubre al medirla.',
    helps:
      'Comida buena para el corazón y con poca sal; moverse, un peso sano, dormir lo suficiente, saber manejar el estrés; nada de tabaco y poco o nada de alcohol. Muchas personas necesitan además un medicamento, algunas más de uno. Las dos cosas juntas bajan la presión más que una sola.',
    questions: [
      '¿Cuál debería ser mi presión arterial?',
      '¿Cada cuánto debo medirla y a partir de qué medición debo llamar?',
      '¿Puede haber otra enfermedad o un medicamento detrás de la mía?',
    ],
    urgent:
      'Una presión peligrosamente alta necesita atención médica inmediata. Pregunta ya a tu equipo de atención qué significa eso en tu caso.',
  },
  'high-cholesterol': {
    name: 'Colesterol alto y otras grasas en la sangre',
    what: 'El colesterol es una sustancia parecida a la grasa que tienen todas las células del cuerpo. Si hay demasiado en la sangre, puede acumularse en las paredes de las arterias y estrecharlas, lo que puede llevar a enfermedades del corazón. El LDL es el que se acumula; el HDL lleva el colesterol de vuelta al hígado. Los triglicéridos son otra grasa de la sangre, y tener muchos también puede aumentar el riesgo de enfermedades del corazón.',
    notice: 'Nada. Un análisis de sangre dice cuánto hay.',
    helps:
      'Comida con poca grasa saturada, y fruta, verdura y cereales integrales; moverse, un peso sano, no fumar, dormir lo suficiente. Si eso no basta, medicamentos como las estatinas; los buenos hábitos siguen a su lado.',
    questions: [
      '¿Cuáles son mis valores y a cuáles debo llegar?',
      '¿Cuándo hay que volver a medirlos?',
      '¿Necesito un medicamento, y cuál?',
    ],
  },
  'coronary-artery-disease': {
    name: 'Enfermedad de las arterias coronarias',
    what: 'Las arterias que llevan sangre al músculo del corazón se han vuelto estrechas y duras, porque en sus paredes se acumuló colesterol y otras sustancias. Entonces es posible que el corazón no reciba toda la sangre y el oxígeno que necesita.',
    notice:
      'Al principio, muchas veces nada. Más tarde quizá angina: presión o un dolor que aprieta en el pecho, también en los hombros, los brazos, el cuello, la mandíbula o la espalda. Puede parecer indigestión.',
    helps:
      'Hábitos buenos para el corazón, medicamentos y, en algunas personas, un procedimiento o una operación. La rehabilitación cardíaca enseña a vivir bien con ella.',
    questions: [
      '¿Qué señales son habituales en mí y cuáles no?',
      '¿Qué hago cuando me duele el pecho?',
      '¿Cuánto esfuerzo le hace bien a mi corazón?',
    ],
    urgent:
      'Un dolor de pecho que no sigue ninguna pauta, que viene en reposo o que no se va con reposo ni medicamentos puede indicar que se acerca un ataque al corazón: pide ayuda de emergencia de inmediato.',
  },
  'heart-failure': {
    name: 'Insuficiencia cardíaca',
    what: 'El corazón no puede bombear tanta sangre como necesita el cuerpo. No quiere decir que se haya parado ni que vaya a pararse. Como la sangre circula demasiado despacio, puede juntarse líquido en los pulmones, las piernas o el vientre.',
    notice:
      'Falta de aire, por ejemplo en las escaleras; cansancio incluso después de descansar; tos; tobillos, piernas o vientre hinchados y más peso por el líquido; dormir mal al estar acostado del todo; poco apetito. Puede empezar de forma leve.',
    helps:
      'Medicamentos, por lo general para toda la vida; menos sal y beber menos, según diga el equipo de atención; no fumar; moverse hasta donde se aconseje. También se tratan otras enfermedades que cargan el corazón. A algunas personas les ayuda una operación o un dispositivo.',
    questions: [
      '¿Qué cambios debo vigilar cada día?',
      '¿Cuánto puedo beber y cuánta sal puedo comer?',
      '¿Me ayudaría un programa de rehabilitación?',
    ],
    urgent:
      'La insuficiencia cardíaca puede empeorar de repente. Acuerda con tu equipo de atención ante qué señales llamas de inmediato, y a quién.',
  },
  'atrial-fibrillation': {
    name: 'Fibrilación auricular',
    what: 'El corazón late de forma irregular y a veces mucho más rápido que de costumbre; sus cavidades superiores e inferiores no trabajan juntas como deberían. Puede ir y venir, o quedarse. Sin tratamiento puede llevar a coágulos de sangre, un derrame cerebral o insuficiencia cardíaca.',
    notice:
      'Algunas personas no notan nada. Otras tienen mucho cansancio, sienten que el corazón aletea, golpea o se salta un latido, tienen falta de aire, mareo o dolor en el pecho.',
    helps:
      'Medicamentos que evitan que se formen coágulos, y otros para la frecuencia o el ritmo del corazón; comida buena para el corazón, poco o nada de alcohol, moverse, no fumar. Hay procedimientos que devuelven el ritmo o lo mantienen.',
    questions: [
      '¿Necesito un anticoagulante?',
      '¿Qué puede desencadenarla en mí?',
      '¿Qué hago cuando siento que el corazón se acelera?',
    ],
    urgent:
      'Una cara que se cae de un lado, un brazo que baja al levantarlo o un habla que se traba pueden ser un derrame cerebral: llama de inmediato al número de emergencias.',
  },
  stroke: {
    name: 'Derrame cerebral',
    what: 'Una parte del cerebro se queda sin sangre, porque un coágulo tapa un vaso o porque un vaso se ha roto y sangra. Las células del cerebro empiezan a morir en pocos minutos, y eso puede dejar daños duraderos.',
    notice:
      'Viene de repente: adormecimiento o debilidad de la cara, un brazo o una pierna, muchas veces de un lado; confusión, dificultad para hablar o entender; para ver; para caminar; mareo; un dolor de cabeza muy fuerte sin causa conocida.',
    helps:
      'Después de un derrame, la rehabilitación: volver a aprender a moverse, hablar y hacer las cosas de cada día, lo antes posible. Contra otro: la presión arterial tratada, comida buena para el corazón, moverse, no fumar y, muchas veces, medicamentos.',
    questions: [
      '¿Qué puedo hacer para que no vuelva a pasar?',
      '¿Qué rehabilitación me ayudaría, y durante cuánto tiempo?',
      '¿Qué medicamentos son contra otro derrame?',
    ],
    urgent:
      'Si crees que tú u otra persona está teniendo un derrame cerebral, llama de inmediato al número de emergencias: cada minuto cuenta.',
  },
  'type-2-diabetes': {
    name: 'Diabetes tipo 2',
    what: 'La glucosa es un tipo de azúcar y la principal fuente de energía del cuerpo; la insulina, una hormona, la ayuda a entrar en las células. En la diabetes tipo 2 el cuerpo hace poca insulina o no la usa bien, y queda demasiada glucosa en la sangre. Con el tiempo eso puede causar problemas de salud, pero se puede hacer mucho.',
    notice:
      'Muchas veces nada, o tan poco que nadie lo nota, porque viene despacio: sed, orinar más, hambre, cansancio, vista borrosa, manos o pies dormidos o con hormigueo, heridas que no sanan, bajar de peso sin motivo.',
    helps:
      'Comer sano y moverse con regularidad; en algunas personas, medicamentos: pastillas, insulina u otras inyecciones. Medir la glucosa tantas veces como diga el equipo de atención, mantener la presión arterial y el colesterol cerca de sus metas, e ir a los controles.',
    questions: [
      '¿Cuáles son mis metas de glucosa, presión arterial y colesterol?',
      '¿Cuándo y cada cuánto debo medir la glucosa?',
      '¿Qué hago cuando está demasiado baja o demasiado alta?',
    ],
    urgent:
      'La glucosa baja viene rápido: temblor, sudor, hambre, mareo, confusión. Puede ser peligrosa y hay que tratarla lo antes posible. Acuerda antes con tu equipo de atención qué hacer entonces.',
  },
  'type-1-diabetes': {
    name: 'Diabetes tipo 1',
    what: 'El cuerpo hace poca o ninguna insulina, la hormona que lleva la glucosa de la sangre a las células, porque el sistema inmunitario ha destruido las células que la hacen. Empieza muchas veces en la infancia o la juventud, pero puede empezar a cualquier edad.',
    notice:
      'Las señales suelen venir rápido: mucha sed, orinar a menudo, hambre, cansancio, bajar de peso sin querer, vista borrosa, heridas que tardan en sanar, pies dormidos o con hormigueo.',
    helps:
      'Insulina todos los días y para toda la vida, con inyecciones o con una bomba. Medir la glucosa y aprender cómo van juntas la comida, el movimiento y la insulina.',
    questions: [
      '¿Cuáles son mis metas de glucosa?',
      '¿Cómo me adapto a las comidas, el deporte y los días en que estoy mal?',
      '¿Qué hago cuando la glucosa está demasiado baja o demasiado alta?',
    ],
    urgent:
      'La glucosa baja viene rápido: temblor, sudor, hambre, mareo, confusión. Puede ser peligrosa y hay que tratarla lo antes posible. Acuerda antes con tu equipo de atención qué hacer entonces.',
  },
  prediabetes: {
    name: 'Prediabetes',
    what: 'La glucosa en la sangre está más alta de lo normal, pero no tanto como para llamarlo diabetes. La diabetes tipo 2, las enfermedades del corazón y el derrame cerebral son más probables, y los cambios de ahora pueden retrasar o evitar la diabetes.',
    notice: 'Por lo general, nada. Algunas personas tienen la piel más oscura en las axilas o en el cuello.',
    helps:
      'Bajar de peso si hace falta, moverse con regularidad, porciones más pequeñas con menos grasa y azúcar, no fumar. A algunas personas el equipo de atención les ofrece también un medicamento.',
    questions: [
      '¿Cada cuánto hay que medir mi glucosa?',
      '¿Qué cambio me serviría más?',
      '¿Hay un programa en el que pueda participar?',
    ],
  },
  'metabolic-syndrome': {
    name: 'Síndrome metabólico',
    what: 'El nombre de varias cosas que vienen juntas y hacen más probables las enfermedades del corazón, la diabetes y el derrame cerebral: una cintura grande, triglicéridos altos (una grasa de la sangre), poco colesterol HDL, presión arterial alta y azúcar alta en la sangre. Se habla de él cuando hay al menos tres.',
    notice: 'Aparte de la cintura grande, por lo general nada.',
    helps:
      'Comida buena para el corazón, un peso sano, moverse con regularidad, saber manejar el estrés, no fumar. Algunas personas necesitan además medicamentos, por ejemplo para el colesterol o la presión.',
    questions: ['¿Cuáles de estas cosas tengo?', '¿Por cuál empiezo?', '¿Cuándo se vuelve a revisar?'],
  },
  obesity: {
    name: 'Obesidad',
    what: 'Tener tanta grasa en el cuerpo que puede dañar la salud. Intervienen muchas cosas: los genes, la forma de comer, el movimiento, algunas enfermedades y algunos medicamentos. Hace más probables la diabetes, las enfermedades del corazón, la presión alta, el desgaste de las articulaciones, la apnea del sueño y otras enfermedades.',
    notice: 'El corazón tiene que trabajar más y las articulaciones soportan más presión.',
    helps:
      'Bajar incluso un poco de peso puede retrasar o evitar algunas de estas enfermedades. Un plan de comida y movimiento que se pueda mantener, asesoramiento o un grupo; en algunas personas, medicamentos o una operación.',
    questions: [
      '¿Qué peso sería sano para mí?',
      '¿Puede ser parte de la causa uno de mis medicamentos o enfermedades?',
      '¿Quién me puede ayudar con la comida y el movimiento?',
    ],
  },
  'diabetic-nerves': {
    name: 'Problemas de los nervios por la diabetes',
    what: 'Con el tiempo, la glucosa alta puede dañar los nervios o los vasos que les llevan oxígeno. Entonces los nervios mandan sus mensajes despacio, a destiempo o no los mandan. Se llama neuropatía diabética y es frecuente.',
    notice:
      'Manos, piernas o pies dormidos; dolor punzante, ardor u hormigueo; náuseas, estreñimiento o diarrea; problemas para orinar o en el sexo; mareo al levantarse rápido. Quien siente poco en los pies puede no notar un corte o una ampolla.',
    helps:
      'Una glucosa cerca de su meta ayuda a que no empeore; hay medicamentos para el dolor. Mírate los pies cada día, mantenlos limpios y secos, y usa zapatos de tu medida.',
    questions: [
      '¿Puede mirarme los pies hoy?',
      '¿Qué se puede hacer contra el dolor?',
      '¿Cómo me cuido los pies y las uñas?',
    ],
    urgent:
      'Acude enseguida a tu equipo de atención por un corte, una ampolla o un moretón en el pie que no empieza a sanar en unos días, piel roja, caliente o con dolor, o una infección que se pone negra y huele.',
  },
  'diabetic-eyes': {
    name: 'Problemas de los ojos por la diabetes',
    what: 'Con el tiempo, la glucosa alta puede dañar los vasos pequeños de los ojos. El glaucoma, en que la presión daña el nervio óptico, y la catarata, en que el cristalino se enturbia, también son más frecuentes con diabetes.',
    notice:
      'Al principio, por lo general nada. Por eso importan los exámenes de la vista con gotas que dilatan las pupilas, también cuando los ojos parecen sanos.',
    helps:
      'Exámenes de la vista con regularidad, y la glucosa, la presión y el colesterol dentro de sus metas. Hay tratamientos: láser, inyecciones, gotas o una operación, según el problema.',
    questions: [
      '¿Cuándo me toca el próximo examen de la vista?',
      '¿Qué se vio en el último?',
      '¿Qué puedo hacer para proteger mi vista?',
    ],
    urgent:
      'Llama enseguida a tu oculista si ves muchas manchas o hilos oscuros nuevos, destellos de luz, una sombra como una cortina, si pierdes vista, o si un ojo duele o se pone rojo.',
  },
  'diabetic-kidneys': {
    name: 'Problemas de los riñones por la diabetes',
    what: 'Con el tiempo, la glucosa alta puede dañar los riñones, que limpian la sangre. Entonces se acumulan desechos y líquido en el cuerpo. Se llama nefropatía diabética y empieza mucho antes de que se note algo.',
    notice: 'Durante mucho tiempo, nada. Lo muestran los análisis de sangre y orina, por eso se hacen con regularidad.',
    helps:
      'La glucosa y la presión arterial dentro de sus metas, los medicamentos como se recetaron y no demasiada proteína pueden frenar el daño.',
    questions: [
      '¿Cómo funcionan mis riñones, y cómo ha cambiado eso?',
      '¿Cada cuánto hay que revisarlos?',
      '¿Debo comer de otra manera?',
    ],
  },
  'kidney-disease': {
    name: 'Enfermedad renal crónica',
    what: 'Los riñones están dañados y no pueden filtrar la sangre como deberían, así que pueden acumularse desechos en el cuerpo. Ocurre despacio, a lo largo de años; la diabetes y la presión alta son las causas más frecuentes.',
    notice: 'Muchas personas no notan nada hasta que está muy avanzada. Solo lo dicen los análisis de sangre y orina.',
    helps:
      'No se cura, pero se puede frenar: menos sal, la presión y la glucosa dentro de sus metas, comida buena para el corazón, moverse, un peso sano, poco alcohol, no fumar, y medicamentos. Si los riñones fallan, hay diálisis y trasplante.',
    questions: [
      '¿Cómo funcionan mis riñones, y cómo ha cambiado eso?',
      '¿Cuál debería ser mi presión arterial?',
      '¿Con qué alimentos y medicamentos debo tener cuidado?',
    ],
  },
  'underactive-thyroid': {
    name: 'Tiroides poco activa (hipotiroidismo)',
    what: 'La tiroides, una glándula del cuello, hace muy poca de las hormonas que controlan cómo usa el cuerpo la energía. Una causa frecuente es que el sistema inmunitario ataca la glándula.',
    notice:
      'Viene despacio: cansancio, subir de peso, sentir frío, piel seca y pelo fino, estreñimiento, dolor de articulaciones y músculos, reglas abundantes o irregulares, ánimo bajo, latidos lentos, el cuello hinchado.',
    helps:
      'Un medicamento que reemplaza la hormona. Los análisis de sangre muestran si la dosis es la adecuada, y después se repiten de vez en cuando. Tomado como se recetó, suele mantener la enfermedad bajo control.',
    questions: [
      '¿Cuándo es mi próximo análisis de sangre?',
      '¿Cómo tomo el medicamento junto con los demás y con las comidas?',
      '¿Qué debo saber si estoy en embarazo o quiero estarlo?',
    ],
  },
  asthma: {
    name: 'Asma',
    what: 'Una enfermedad larga de las vías respiratorias, los tubos por los que entra y sale el aire de los pulmones. Pueden inflamarse y estrecharse. Lo que la desencadena varía: polen, ácaros o mascotas, resfriados, humo, aire frío, algunos medicamentos, el ejercicio.',
    notice:
      'Opresión en el pecho, tos, sobre todo de noche o temprano por la mañana, falta de aire, silbidos al respirar. Puede estar cada día o de vez en cuando. En un ataque es mucho peor.',
    helps:
      'Saber qué la desencadena y evitarlo; un inhalador de alivio rápido siempre a mano; en muchas personas, un medicamento de control todos los días, que mantiene tranquilas las vías respiratorias. Un plan dice qué hacer y cuándo.',
    questions: [
      '¿Me pueden dar por escrito un plan para los ataques?',
      '¿Uso bien el inhalador?',
      '¿Está controlada mi asma, o habría que cambiar algo?',
    ],
    urgent:
      'Si un ataque fuerte no mejora con el medicamento de alivio rápido, busca atención de emergencia. En la infancia son señales así respirar con mucha dificultad y la cara, los labios o las uñas muy pálidos o azules.',
  },
  copd: {
    name: 'EPOC (enfermedad pulmonar crónica)',
    what: 'Enfermedades de los pulmones que dificultan respirar y empeoran con el tiempo, casi siempre enfisema y bronquitis crónica juntos. La causa habitual es el humo del tabaco; también pueden influir el polvo, los vapores y el aire contaminado.',
    notice:
      'Al principio poco o nada. Después tos, muchas veces con moco, silbidos, falta de aire al esforzarse, opresión en el pecho; a menudo resfriados y gripe.',
    helps:
      'Dejar de fumar es el paso más importante. Alejarse del humo y los vapores, inhaladores que abren las vías respiratorias, vacunas, moverse hasta donde se aconseje, rehabilitación pulmonar y, en algunas personas, oxígeno.',
    questions: ['¿Qué me puede ayudar a dejar de fumar?', '¿Uso bien los inhaladores?', '¿Qué vacunas necesito?'],
    urgent:
      'Busca atención de emergencia ante señales graves, como no poder recuperar el aliento o hablar. Llama a tu equipo de atención si empeora o si hay señales de infección, como fiebre.',
  },
  reflux: {
    name: 'Reflujo ácido (ERGE)',
    what: 'Lo que hay en el estómago vuelve al esófago, el tubo que va de la boca al estómago, y lo irrita, porque un músculo de su extremo no cierra bien. Una hernia de hiato puede ser parte de la causa.',
    notice:
      'Ardor en el pecho o la garganta (acidez), el sabor de lo que hay en el estómago; o, sin acidez, tos seca, señales como las del asma o dificultad para tragar.',
    helps:
      'Comidas más pequeñas, ninguna cerca de la hora de dormir, dejar lo que lo provoca (alcohol, comida picante, grasosa o ácida), bajar de peso si hace falta, ropa suelta. Algunas personas necesitan medicamentos; pocas, una operación.',
    questions: [
      '¿Necesito pruebas?',
      '¿Qué medicamento, y durante cuánto tiempo?',
      '¿Puede empeorarlo otro de mis medicamentos?',
    ],
  },
  anemia: {
    name: 'Anemia',
    what: 'La sangre no lleva suficiente oxígeno al cuerpo. La causa más frecuente es la falta de hierro, que el cuerpo necesita para la hemoglobina. Se llega a ella de tres maneras: perdiendo sangre, haciendo pocos glóbulos rojos o destruyendo demasiados.',
    notice: 'Cansancio, frío, mareo, mal humor, falta de aire, dolor de cabeza.',
    helps: 'Depende del tipo de anemia: por eso primero se busca la causa.',
    questions: [
      '¿Cuál es la causa de la mía?',
      '¿Debo comer de otra manera o tomar algo?',
      '¿Cuándo me hacen otro análisis de sangre?',
    ],
  },
  osteoarthritis: {
    name: 'Artrosis',
    what: 'El cartílago liso que protege los extremos de los huesos en una articulación se desgasta y se vuelve áspero. Los lugares habituales son manos, rodillas, caderas, cuello y la parte baja de la espalda. No se cura y suele empeorar despacio, pero se puede hacer mucho.',
    notice:
      'Dolor al moverse, que muchas veces mejora con reposo; rigidez al levantarse; hinchazón, sobre todo tras mucho uso; menos movimiento; una articulación que se siente floja. No todas las personas tienen dolor.',
    helps:
      'Ejercicios de fuerza, flexibilidad y equilibrio; bajar de peso si hace falta; férulas o plantillas a medida; calor o frío. Habla con tu equipo de atención sobre los analgésicos, también los que no llevan receta. Si nada más ayuda lo suficiente, una operación puede ser una opción.',
    questions: [
      '¿Qué ejercicios son buenos para mis articulaciones?',
      '¿Qué analgésico me conviene, con mis otros medicamentos?',
      '¿Cuándo tendría sentido una operación?',
    ],
  },
  osteoporosis: {
    name: 'Osteoporosis',
    what: 'Los huesos se han vuelto débiles y se rompen con facilidad, porque se pierde más hueso del que se forma. Es más frecuente con la edad y en mujeres tras la menopausia; algunas enfermedades y medicamentos también influyen.',
    notice: 'Por lo general nada hasta que se rompe un hueso, casi siempre en la cadera, la columna o la muñeca.',
    helps:
      'Comida con suficiente calcio, vitamina D y proteína; caminar y hacer ejercicios de fuerza y equilibrio; no fumar, poco alcohol; una casa en la que nadie se caiga. Hay medicamentos que frenan la pérdida de hueso o ayudan a formarlo.',
    questions: [
      '¿Cómo están de fuertes mis huesos, y cuándo se vuelven a medir?',
      '¿Qué movimientos debo evitar?',
      '¿Necesito un medicamento?',
    ],
  },
  gout: {
    name: 'Gota',
    what: 'Un tipo de artritis que viene por ataques. El exceso de ácido úrico, un desecho, forma cristales como agujas en una articulación, que se inflama. Los cristales también pueden llevar a cálculos en los riñones.',
    notice:
      'De repente, muchas veces de noche, dolor fuerte, hinchazón, enrojecimiento y calor en una articulación, a menudo el dedo gordo del pie. Mejora en una o dos semanas; entre un ataque y otro no suele haber nada.',
    helps:
      'Medicamentos contra el dolor del ataque y, si hacen falta, otros que bajan el ácido úrico y evitan ataques. Menos alcohol, menos carne roja y mariscos, menos bebidas dulces, bajar de peso si hace falta.',
    questions: [
      '¿Qué tomo cuando empieza un ataque?',
      '¿Hay que bajar mi ácido úrico?',
      '¿Puede subirlo uno de mis medicamentos?',
    ],
  },
  'chronic-pain': {
    name: 'Dolor crónico',
    what: 'Dolor que dura meses, o más de lo que tarda en sanar. Puede haber detrás una lesión o una enfermedad como la artritis; a veces no se encuentra la causa. El estrés y el ánimo pueden empeorarlo.',
    notice:
      'Dolor casi todos los días, en un lugar o en todo el cuerpo; muchas veces también cansancio, ánimo bajo o mal sueño. Cada persona siente el dolor de forma distinta.',
    helps:
      'No siempre se cura, pero hay muchas maneras de vivir mejor con él: medicamentos, fisioterapia, acupuntura, moverse, comer bien, saber manejar el estrés y cuidar el ánimo.',
    questions: [
      '¿Qué se sabe de la causa?',
      '¿Qué tratamientos podría probar además de los medicamentos?',
      '¿Cuál es una buena meta para las próximas semanas?',
    ],
  },
  migraine: {
    name: 'Migraña',
    what: 'Un dolor de cabeza que vuelve, con un dolor que late y que muchas veces es de un lado. Viene de familia. Muchas cosas pueden desencadenarla, distintas en cada persona: estrés, dormir poco, saltarse comidas, luz fuerte, hormonas, algunos alimentos o tomar demasiado a menudo medicamentos para el dolor de cabeza.',
    notice:
      'Además del dolor: náuseas, y luz, ruido u olores difíciles de soportar. Algunas personas tienen señales antes, como luces que destellan o líneas en zigzag. Después puede quedar debilidad y confusión.',
    helps:
      'Tomar pronto el medicamento, descansar a oscuras y en silencio, algo fresco en la frente, beber. Un diario muestra qué la desencadena. Sueño y comidas regulares y, si es frecuente, medicamentos que la previenen.',
    questions: [
      '¿Qué medicamento tomo, y cada cuánto es demasiado?',
      '¿Debo tomar algo que prevenga los ataques?',
      '¿Qué podría desencadenar los míos?',
    ],
    urgent:
      'Busca ayuda médica enseguida por un dolor de cabeza después de un golpe, o con cuello rígido, fiebre, confusión, desmayo, o dolor de ojo u oído. Avisa a tu equipo de atención de un dolor de cabeza repentino y muy fuerte.',
  },
  depression: {
    name: 'Depresión',
    what: 'Una enfermedad del ánimo que dura y que estorba la vida diaria: más que unos días de tristeza. Tiene muchas causas posibles, y a veces ninguna que se vea. Se puede tratar.',
    notice:
      'Sentir tristeza o vacío, sin interés por lo que antes gustaba, dormir o comer de más o de menos, mucho cansancio, desesperanza, ansiedad, irritación o culpa, dolores, apartarse de la gente, pensar en la muerte. No se ve igual en todas las personas.',
    helps:
      'Terapia de conversación, medicamentos o ambas cosas. Puede llevar tiempo y más de un intento encontrar lo que ayuda. Moverse, dormir con regularidad, saber manejar el estrés, y personas con quienes hablar.',
    questions: [
      '¿Qué tratamiento me convendría?',
      '¿Cuándo podría mejorar, y qué pasa si no?',
      '¿A quién puedo llamar si empeora?',
    ],
    urgent:
      'Si tú o alguien que conoces piensa en morir o en hacerse daño, busca ayuda enseguida; en una emergencia, llama al número de emergencias.',
  },
  anxiety: {
    name: 'Trastornos de ansiedad',
    what: 'El miedo y la preocupación son normales por un tiempo. En un trastorno de ansiedad no se van, pueden crecer y estorban en el trabajo, los estudios o el trato con los demás. La ansiedad generalizada, los ataques de pánico y las fobias son tipos de él.',
    notice:
      'Pensamientos ansiosos difíciles de parar, inquietud, el corazón que golpea, dolores sin explicación, mareo, falta de aire, evitar cosas de cada día. La cafeína y algunos medicamentos pueden empeorarlo.',
    helps:
      'Terapia de conversación, como la cognitivo-conductual, medicamentos o ambas cosas; grupos, y saber manejar el estrés.',
    questions: [
      '¿Puede haber otra enfermedad o un medicamento detrás?',
      '¿Qué terapia me convendría, y dónde puedo hacerla?',
      '¿Necesito un medicamento, y durante cuánto tiempo?',
    ],
  },
  stress: {
    name: 'Estrés',
    what: 'La forma en que el cerebro y el cuerpo responden a una exigencia: las hormonas ponen el cuerpo alerta y listo para actuar. Por poco tiempo puede ayudar. El estrés que dura semanas o meses puede dañar la salud.',
    notice:
      'Enfermar más a menudo, molestias de estómago, mal sueño, dolor de cabeza, sentir tristeza o enojo, alterarse con facilidad. Uno puede acostumbrarse tanto que ya no lo nota.',
    helps:
      'Moverse con regularidad, relajarse (respiración, meditación, soltar los músculos), dormir lo suficiente, menos cafeína, decidir qué puede esperar, y pedir apoyo a la familia y los amigos.',
    questions: [
      '¿Pueden venir del estrés mis molestias?',
      '¿Qué me aliviaría, y quién puede ayudar?',
      '¿Influye en mis otras enfermedades?',
    ],
    urgent:
      'Busca ayuda enseguida si piensas en el suicidio, si sientes que no puedes más, o si usas alcohol o drogas más que de costumbre.',
  },
  eczema: {
    name: 'Eccema (dermatitis atópica)',
    what: 'Piel inflamada que está seca y pica. No se contagia. Influyen los genes y el entorno; quienes lo tienen también pueden tener rinitis alérgica y asma. Puede mejorar o empeorar con el tiempo, y en muchos niños mejora al crecer.',
    notice:
      'Sarpullido en la cara, en el pliegue de los codos, detrás de las rodillas, en manos y pies. Rascarse lo enrojece y hace que pique más.',
    helps:
      'Buen cuidado de la piel, cremas, medicamentos y, en algunas personas, terapia con luz. Evitar lo que irrita: algunos jabones, telas y lociones, el estrés y aquello a lo que se tiene alergia.',
    questions: [
      '¿Qué crema, cada cuánto y durante cuánto tiempo?',
      '¿Hay que hacerme pruebas de alergia?',
      '¿Qué puedo hacer contra la picazón de noche?',
    ],
  },
  menopause: {
    name: 'Menopausia',
    what: 'El tiempo en que termina la regla, porque los ovarios hacen menos hormonas. El cambio puede durar varios años.',
    notice:
      'Reglas irregulares, sofocos, sudor de noche, mal sueño, sequedad vaginal, cambios de ánimo, molestias de la vejiga. Los huesos pueden debilitarse y el colesterol puede subir.',
    helps:
      'Ropa en capas, un dormitorio fresco, menos alcohol, cafeína y picante, moverse, un peso sano, no fumar. Si no basta, hay tratamientos con hormonas y sin ellas. Consulta antes de tomar suplementos.',
    questions: [
      '¿Qué tratamiento es seguro para mí?',
      '¿Para qué ayuda la terapia hormonal, y qué riesgos tiene?',
      '¿Hay que revisar mis huesos o mi colesterol?',
    ],
  },
}
