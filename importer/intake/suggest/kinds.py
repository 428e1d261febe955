"""Words by which values are known for what they are, in plain form."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(each.split()) for each in text.split(","))


LEGAL = _words("ag sa nv bv ab as oy se kg co lp plc spa srl sl lda ltda me eireli ev eg sas sarl")
COMPANY = _words("""
    gmbh ltd limited inc llc llp corp corporation pvt kgaa ohg mbh sarl sas eurl ltda plc pty
    company technologies technology solutions systems industries enterprises consulting holding
    holdings group gruppe groupe grupo bank banque banco university universitat universite
    universidad universidade hospital klinikum labs software services logistics logistik pharma
    pharmaceuticals motors foundation stiftung associates partners ventures capital studio
    studios agency institute institut college school insurance versicherung versicherungen
    airlines hotels foods chemicals textiles exports imports traders agro infra infotech tech
    digital media networks energy energie stahlbau maschinenbau verlag autohaus bau werke
    cooperative societe sociedad construction constructions transport transports distribution
    maison प्राइवेट लिमिटेड कंपनी एंटरप्राइजेज इंडस्ट्रीज उद्योग ट्रेडर्स works mills steel
    global international store stores shop brothers bros hardware medicals sweets kirana cafe
    restaurant garage cabinet boulangerie pharmacie clinique boutique atelier ateliers ets
    etablissements talleres taller clinica panaderia farmacia restaurante tienda almacenes
    distribuidora comercializadora transportes bufete abogados advogados advocacia padaria oficina
    loja construtora imobiliaria inmobiliaria constructora editorial embalajes embalagens optik
    sanitar elektro praxis kanzlei buro optique ferreteria textiles texteis metalurgica bodegas
    cooperativa केंद्र केन्द्र भंडार स्टोर स्टोर्स सेवा इलेक्ट्रिकल्स इलेक्ट्रॉनिक्स ब्रदर्स
    मेडिकल दुकान फाउंडेशन संस्थान""")
COMPANY_ENDS = (
    "betrieb",
    "backerei",
    "schreinerei",
    "tischlerei",
    "schlosserei",
    "metzgerei",
    "druckerei",
    "brauerei",
    "gartnerei",
    "kanzlei",
    "praxis",
    "apotheke",
    "buro",
    "bau",
    "werke",
    "technik",
    "handel",
    "verband",
    "electronics",
    "electricals",
)
TITLES = _words("""
    manager director ceo cto cfo coo cmo cio cxo vp svp evp avp gm md head president founder
    cofounder owner partner engineer developer consultant analyst executive officer specialist
    assistant associate lead architect designer administrator coordinator supervisor
    representative buyer planner technician scientist teacher professor principal student doctor
    nurse lawyer accountant chairman secretary intern trainee advisor strategist proprietor
    freelancer chief sales marketing hr purchasing procurement operations clerk editor
    journalist researcher geschaftsfuhrer geschaftsfuhrerin leiter leiterin inhaber inhaberin
    einkaufer einkauf vertrieb referent sachbearbeiter ingenieur ingenieurin assistenz berater
    vorstand prokurist meister techniker buchhalter directeur directrice gerant responsable
    ingenieur acheteur acheteuse chef cheffe charge chargee president assistante pdg dg
    consultante comptable technicien technicienne vendeur commercial commerciale fondateur
    dirigeant gerente jefe jefa directora ingeniero ingeniera analista coordinador coordinadora
    consultor consultora administrador asistente vendedor propietario presidente comprador
    compradora socio ejecutivo encargado tecnico diretor diretora coordenador coordenadora
    supervisor engenheiro engenheira assistente socia proprietario presidenta auxiliar
    especialista estagiario प्रबंधक निदेशक अभियंता मालिक अध्यक्ष अधिकारी शिक्षक संचालक इंजीनियर
    महाप्रबंधक सहायक मैनेजर डायरेक्टर लेखाकार सीईओ प्रमुख सलाहकार विक्रेता डॉक्टर प्रोफेसर
    विकासक विश्लेषक""")
TITLE_STEMS = (
    "vertriebs",
    "einkaufs",
    "marketing",
    "abteilungs",
    "geschafts",
    "projekt",
    "produktions",
)
TITLE_ENDS = (
    "leiter",
    "leiterin",
    "manager",
    "managerin",
    "ingenieur",
    "ingenieurin",
    "berater",
    "fuhrer",
    "fuhrerin",
)
SALUTATIONS = _phrases("""
    mr, mrs, ms, miss, dr, prof, herr, frau, m, mme, mlle, monsieur, madame, mademoiselle, sr,
    sra, srta, senor, senora, senorita, senhor, senhora, don, dona, shri, smt, sri, kumari, mx,
    er, dr ing, dipl ing, mr dr, prof dr, herr dr, frau dr, herr prof, mag, ing, श्री, श्रीमती,
    सुश्री, डॉ, कुमारी, lic, sir, madam, h, f, w, divers, d, firma, fr, hr, male, female,
    mannlich, weiblich, masculino, femenino, feminino, homme, femme, m d, mr mrs, eng, adv, ca,
    capt, rev, herrn, sr a""")
YES = frozenset(
    [
        "yes",
        "y",
        "true",
        "1",
        "on",
        "ja",
        "j",
        "oui",
        "o",
        "si",
        "sí",
        "s",
        "sim",
        "x",
        "✓",
        "✔",
        "v",
        "wahr",
        "vrai",
        "verdadero",
        "verdadeiro",
        "हाँ",
        "हां",
        "haan",
        "han",
        "opted-out",
        "checked",
    ]
)
NO = frozenset(
    [
        "no",
        "n",
        "false",
        "0",
        "off",
        "nein",
        "non",
        "não",
        "nao",
        "falsch",
        "faux",
        "falso",
        "नहीं",
        "nahi",
        "nahin",
        "-",
        "unchecked",
    ]
)
STATUSES = _phrases("""
    open, new, contacted, qualified, unqualified, working, nurturing, active, inactive,
    registered, approved, pending, won, lost, closed, converted, attended, no show, cancelled,
    canceled, closed converted, closed not converted, in progress, open not contacted, working
    contacted, closed won, closed lost, customer, lead, prospect, attempted to contact,
    connected, bad timing, denied, confirmed, declined, invited, completed, done, archived,
    deleted, enabled, disabled, subscribed, unsubscribed, bounced, not contacted, junk lead,
    lost lead, contact in future, contacted in future, pre qualified, not qualified, attempted,
    draft, submitted, checked in, not attended, paid, unpaid, refunded, waitlisted, hot, warm,
    cold, yes, no, interested, not interested, follow up, valid, invalid, neu, offen, aktiv,
    inaktiv, gewonnen, verloren, abgeschlossen, kontaktiert, in bearbeitung, angemeldet,
    abgesagt, geschlossen, erledigt, qualifiziert, kunde, nouveau, ouvert, actif, inactif, en
    cours, gagne, perdu, ferme, inscrit, annule, contacte, qualifie, client, a relancer,
    termine, nuevo, abierto, activo, inactivo, ganado, perdido, cerrado, en proceso, contactado,
    registrado, cancelado, calificado, pendiente, en curso, no contactado, en seguimiento,
    cliente, novo, aberto, ativo, inativo, ganho, fechado, em andamento, inscrito, pendente,
    qualificado, em negociacao, em contato, confirmado, concluido, नया, खुला, बंद, सक्रिय,
    निष्क्रिय, लंबित, पंजीकृत""")
SOURCES = _words("""
    web website google linkedin facebook instagram referral trade show event webinar email mail
    ads ad adwords organic search direct phone call social campaign partner advertisement
    newsletter seo sem ppc bing twitter youtube exhibition fair messe salon feria feira inbound
    outbound cold list purchased inquiry enquiry walk chat form internet empfehlung kaltakquise
    anzeige recommandation publicite site recomendacion publicidad indicacao anuncio evento
    whatsapp conference other justdial indiamart sulekha telecalling expo word mouth friend
    employee external landing blog content roadshow sponsorship brochure magazine radio tv
    podcast import database telefon telephone telefono telefone मेला वेबसाइट सिफारिश""")
OUT_WORDS = _words(
    "unsubscribed out opted abgemeldet baja desinscrit desabonne descadastrado not dnc blocked"
    " gesperrt"
)
IN_WORDS = _words(
    "subscribed active in abonniert suscrito inscrit ativo angemeldet allow allowed ok"
)
