"""Spanish, of Spain and Latin America."""

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "first_name": "primer nombre, nombre de pila, nombres, nombre s, nombre propio",
    "last_name": """
    apellido, apellidos, primer apellido, apellido s, apellido paterno, ape, apellidos paterno
    materno""",
    "second_last_name": "segundo apellido, apellido materno",
    "full_name": """
    nombre completo, nombre y apellidos, nombre y apellido, persona de contacto, nombre del
    contacto, apellidos y nombre, nombre contacto, asistente, participante, nombre del
    asistente, nombre del participante, nombre apellidos, nombre apellido, nombres y apellidos,
    contacto principal, apellidos nombre, nombre del visitante, visitante, nombre de contacto,
    nombres apellidos""",
    "name": "nombre, cliente, nombre del cliente, nombre cliente",
    "contact": "contacto, datos de contacto",
    "email": """
    correo, correo electrónico, dirección de correo, dirección de correo electrónico, mail, e
    mail, dirección de email, correo e, email de contacto, correo electronico de contacto,
    dirección email, correos, c electrónico, dirección electrónica""",
    "phone": """
    teléfono, número de teléfono, tfno, tlf, tel, teléfono fijo, fijo, nº de teléfono, telf,
    tlfno, n de teléfono, teléfono 1, teléfono de contacto, número de contacto, num teléfono, no
    de teléfono, teléfonos, tel fijo, número telefónico, fono, no tel, n teléfono, nº teléfono,
    num tel, tel 1""",
    "mobile": """
    móvil, celular, teléfono móvil, teléfono celular, número de móvil, cel, tel móvil, número de
    celular, número móvil, no celular, nº móvil, tfno móvil, número celular, n de celular, tel
    celular, móviles""",
    "fax": "número de fax, n fax",
    "company": """
    empresa, compañía, nombre de la empresa, razón social, organización, sociedad, nombre
    empresa, entidad, institución, negocio, nombre de la compañía, empresa organización, centro
    de trabajo, nombre de la organización, nombre comercial, empresa donde trabaja""",
    "website": """
    sitio web, página web, web, sitio, página, url, web de la empresa, sitio web de la empresa,
    página de internet, página web de la empresa, dirección web""",
    "job_title": """
    cargo, puesto, puesto de trabajo, ocupación, profesión, cargo puesto, posición, título del
    puesto, rol, cargo que ocupa, puesto cargo, nombre del puesto, función, cargo actual,
    posición laboral, cargo en la empresa, puesto laboral, título profesional""",
    "title": "título, titulo",
    "salutation": "tratamiento, saludo, sexo, trato, género",
    "department": "departamento empresa, área departamento, departamento de la empresa",
    "industry": "sector, industria, rubro, giro, actividad, ramo, sector de actividad",
    "employees": """
    empleados, número de empleados, tamaño de la empresa, nº de empleados, n de empleados, num
    empleados, cantidad de empleados, tamaño de empresa, plantilla""",
    "revenue": """
    facturación, ingresos, ingresos anuales, facturación anual, ventas anuales, volumen de
    negocio, facturación en euros, facturación eur""",
    "street1": """
    calle y nº, calle y n, calle y no, dirección, calle, domicilio, dirección 1, calle y número,
    dirección postal, dirección línea 1, línea de dirección 1, calle número, dirección completa,
    direccion domicilio, dirección calle""",
    "street2": """
    dirección 2, colonia, dirección línea 2, línea de dirección 2, complemento dirección, piso,
    barrio""",
    "house_number": "número exterior, num ext, no exterior",
    "city": """
    ciudad, localidad, población, municipio, ciudad de residencia, municipio ciudad, ciudad
    localidad, ciudad municipio""",
    "location": "ubicación, lugar, lugar de residencia",
    "state": """
    prov, edo, provincia, comunidad autónoma, provincia estado, estado provincia, ccaa, estado
    región, departamento provincia, estado departamento, entidad federativa""",
    "state_or_status": "estado",
    "region": "región, zona, territorio",
    "country": "país, país región, país de residencia, nombre del país, país de origen",
    "country_code": """
    código de país, código país, prefijo, prefijo país, código iso, prefijo telefónico, lada,
    indicativo""",
    "zip": """
    código postal, cp, cód postal, c p, cod postal, codigo postal, distrito postal, apartado
    postal""",
    "dob": """
    fecha de nacimiento, nacimiento, cumpleaños, f nacimiento, fecha nacimiento, fecha nac,
    nacido el, f nac, fec nacimiento, fecha de cumpleaños""",
    "anniversary": "aniversario, fecha de aniversario",
    "lead_source": """
    fuente del lead, origen del lead, fuente de lead, origen del contacto, fuente de prospecto,
    origen lead, fuente lead, fuente del contacto, origen del prospecto, fuente del prospecto,
    procedencia""",
    "source": "fuente, origen, canal, medio de captación",
    "heard": """
    cómo nos conociste, cómo se enteró de nosotros, cómo nos conoció, cómo te enteraste del
    evento, cómo te enteraste, cómo se enteró del evento, cómo te enteraste de nosotros""",
    "source_campaign": "campaña, nombre de la campaña, nombre de campaña, campaña de marketing",
    "source_medium": "medio",
    "source_referrer": """
    sitio de referencia, url de referencia, página de referencia, sitio referente, página de
    origen, url de origen, web de origen""",
    "notes": """
    notas, nota, comentarios, comentario, observaciones, observación, anotaciones, notas
    internas, comentarios adicionales, información adicional, notas adicionales""",
    "message": """
    mensaje, pregunta, preguntas, descripción, consulta, tu mensaje, su mensaje, solicitud,
    tiene alguna pregunta, requerimiento, necesidad, dudas, consultas""",
    "do_not_email": """
    no enviar correo, no enviar email, dado de baja, baja, no enviar correos, excluir de email,
    no enviar correo electrónico, no enviar emails, no mandar correo, cancelación de
    suscripción, darse de baja, baja email, no desea correos, no recibir correos""",
    "do_not_call": """
    no llamar, lista robinson, no llamar por teléfono, no desea llamadas, no contactar por
    teléfono""",
    "do_not_sms": "no enviar sms, no sms",
    "do_not_contact": "no contactar, lista negra",
    "consent": """
    consentimiento, rgpd, suscripción, suscrito, boletín, aceptación, acepta publicidad, acepta
    términos, autoriza, acepta recibir información, suscripción al boletín, aviso de privacidad,
    acepta comunicaciones, política de privacidad, acepta condiciones, suscrito al boletín,
    acepto, lopd, acepta marketing, suscriptor, consentimiento rgpd""",
    "status": """
    estatus, situación, estado del lead, estado del cliente, estado de registro, estado de
    inscripción, estado de lead, estado del contacto, estado del registro""",
    "stage": "etapa, fase, etapa del ciclo de vida",
    "any_score": """
    prioridad, puntuación, calificación, valoración, probabilidad, nivel de interés, puntaje""",
    "latitude": "latitud",
    "longitude": "longitud",
    "time_zone": "zona horaria, huso horario",
    "owner": """
    propietario, propietario del contacto, comercial, vendedor, responsable, asesor, ejecutivo,
    asignado a, gestor, agente, propietario del lead, ejecutivo de cuenta, comercial asignado,
    ejecutivo de ventas, representante, vendedor asignado, asesor comercial, gestor comercial,
    correo del vendedor, email del comercial, correo vendedor, encargado""",
    "other_person": """
    recomendado por, creado por, modificado por, referido por, invitado por, referido, escaneado
    por, registrado por, capturado por, jefe, asistente de""",
    "id": """
    identificador, número, nº, n cliente, nº cliente, número de cliente, nif, cif, dni, rfc,
    referencia, rut, nit, ruc, curp, folio, código, nº de pedido, número de pedido, código de
    cliente, cuit, nie, número de entrada, cédula, número de registro, clave, matrícula, código
    cliente""",
    "time": """
    fecha, fecha de creación, creado, creado el, modificado el, fecha de registro, última
    actividad, hora, fecha de alta, fecha registro, fecha y hora, fecha de inscripción, fecha de
    modificación, último contacto, fecha creación, marca temporal, fecha de contacto, hora de
    registro, fecha de último contacto, duración, fecha de la visita, fecha de pedido, fecha
    alta, fecha de escaneo, hora de entrada, hora de salida, próxima actividad, última
    modificación, fecha de compra, cliente desde, fecha de ingreso, fecha del evento, fecha
    contacto""",
    "event": """
    evento, asistió, asistencia, feria, tipo de entrada, entrada, taller, nombre del evento,
    stand, importe, precio, cantidad, participó, lista, grupo, sesión, tipo de boleto, boleto,
    seminario, total, jornada, congreso""",
    "account_data": """
    idioma, interés, intereses, producto, presupuesto, edad, nacionalidad, categoría, tipo de
    cliente, tipo, estado civil, producto de interés, área de interés, competencia, servicio,
    servicio de interés, área, departamento, curso, foto, hijos""",
}
NEUTRAL = """
    contacto cliente prospecto participante asistente su tu el la los las de del un una por
    favor ingrese introduzca indique cuál es campo obligatorio opcional principal persona y en
    actual para al primario visitante qué dónde vive trabaja lead escriba digite labora laboras
    labore trabajas donde que vives usted tus"""
WORK = "comercial corp trabajo profesional oficina laboral corporativo directo corporativa"
HOME = """
    pers part personal casa particular privado domicilio residencia vivienda"""
COMPANY = "empresa compañía organización sede central"
MAILING = "dirección domicilio postal"
BILLING = "facturación envío fiscal"
OTHER = """
    comprador otro otra secundario alternativo adicional segundo alterno segunda secundaria
    alternativa"""
FOREIGN = """
    propietario comercial vendedor responsable asesor ejecutivo agente gestor asistenta referido
    jefe creado modificado socio organizador cónyuge esposo esposa marido padre madre hijo hija
    tutor familiar pariente amigo recomendó padrino interno interna"""
THING = """
    anterior antiguo evento feria entrada pedido producto nacimiento taller stand factura sesión
    curso"""
DEAD: Mapping[str, str] = {
    "time": "fecha creado modificado última último hora duración desde registro alta",
    "id": "identificador número código referencia nº folio",
    "status": "estatus etapa fase situación",
    "account_data": """
    tamaño cantidad total interés interesado interesada deseado deseada""",
    "consent": "consentimiento boletín suscripción suscrito acepta autoriza privacidad newsletter",
}
