"""How lists say, in a cell or a header, that somebody must not be written to: in plain form.

Each a pattern for whole words; `~` stands for the rest of a word.
"""

OPT_OUTS = (
    # English, and what tools write
    "unsub", "unsubscri~", "opt(?:ed|s|ing)? ?out", "(?:hard|soft)? ?bounc~", "complain~",
    "spam(?: ~)?", "suppress~", "black ?list~", "block ?list~", "blocked", "removed", "cleaned",
    "remove me", "(?:non|not|un) ?subscri~", "(?:do not|dont|don t|never|no) (?:re ?)?(?:contact"
    "|call|email|mail|phone|sms|text|disturb|market|send|solicit)~", "not to be contacted", "dnc",
    "dnd", "not opted in",
    "no (?:marketing )?(?:consent|opt in|permission|emails?|calls?|newsletters?)",
    "consent (?:withdrawn|revoked|denied|refused)", "(?:withdrew|withdrawn|revoked) ?(?:consent)?",
    "undeliverable", "undelivered", "invalid (?:email|mail|address)", "objected", "deceased",
    "quarantin~",
    # German
    "abgemeldet", "abbestellt", "ausgetragen", "gesperrt", "~sperre", "widerruf~", "widerspruch",
    "widersprochen", "(?:nicht|nie|nichts) (?:mehr )?(?:kontaktier~|anruf~|anschreib~|mail~|bewerb~"
    "|angeschrieben|kontakt~)", "keine? (?:\\w+ )?(?:werbung|e?mails?|newsletter|mailings?|kontakt~"
    "|anrufe?|einwilligung|zustimmung|kontaktaufnahme)", "unzustellbar", "verstorben",
    "beschwerde", "robinson~", "unerwunscht", "abmeldung",
    # French
    "desabonn~", "desinscri~", "n[e] (?:pas|plus) (?:\\w+ )?(?:contacter|appeler|telephoner|mailer"
    "|solliciter|demarcher|relancer|emailer|envoyer|ecrire|deranger)", "oppose~", "opposition",
    "refus~ (?:de |d )?(?:contact|email|mail|sms|appels?|prospection|newsletter|pub~|consentement)",
    "plainte", "stop(?: (?:pub|sms|emails?|mails?|appels?))?", "rebond~", "bloque~", "liste noire",
    "deced~", "pas d[e]? (?:e?mails?|contact|newsletter|pub~|sms|appels?)", "non abonne~",
    "bloctel",
    # Spanish
    "dad[oa] de baja", "de baja", "baja(?: (?:voluntaria|definitiva|newsletter|boletin))",
    "des?suscri~", "dessuscri~", "cancel~ (?:la )?su[bs]?scripcion",
    "no (?:volver a )?(?:contactar|llamar|enviar|molestar|escribir|desea|quiere)(?: ~)?",
    "rebot~", "queja~", "bloquead[oa]", "lista negra", "fallecid[oa]", "no suscrit[oa]",
    # Portuguese
    "descadastr~", "desinscrev~", "cancel~ (?:a )?inscricao", "optou por sair", "removid[oa]",
    "nao (?:contatar|contactar|ligar|enviar|perturb~|incomodar|telefonar|deseja|quer|inscrit[oa])"
    "(?: ~)?", "reclamacao", "reclamou", "falecid[oa]", "sair da lista", "saiu da lista",
    # Hindi
    "(?:\\S+ )*(?:न|ना|मत|नहीं) (?:करें|करे|करो|भेजें|भेजे|भेजो|चाहिए)", "अनसब्सक्राइब~",
    "सदस्यता (?:रद्द|समाप्त)~", "ब्लॉक~", "(?:\\S+ )*(?:na|mat|nahi) (?:kare|karen|karo|bheje|bhejen)",
)  # fmt: skip
# Headers of a consent: a No there is one against being written to.
CONSENTS = """
    consent consents optin gdpr rgpd dsgvo lgpd newsletter newsletters subscribed subscription
    subscriber einwilligung zustimmung einverstandnis werbeeinwilligung werbeerlaubnis newsletterabo
    consentement infolettre abonne abonnement accord consentimiento consiente suscrito suscripcion
    boletin acepta autoriza permiso consentimento aceita aceite inscrito lgpd autorizacao permission
    kontakterlaubnis datenschutz सहमति अनुमति न्यूज़लेटर sahmati anumati mailable contactable"""
CONSENT_PHRASES = ("opt in", "opted in", "accepts marketing", "email marketing", "darf kontaktiert")
NO_WORDS = "no non nein nao nahi nahin नहीं false n 0 f not never kein keine sin sans falso faux"
NO_BEGINNINGS = """
    refus declin denied abgelehnt ablehn widerruf revok withdr rechaz recus unsub negad oppos"""
# `baja` is a low priority too: a header of one of these, or a `media` among the values.
LEVELS = """
    prioridad interes nivel temperatura categoria probabilidad importancia urgencia prioridade
    calidad rating priority intensidad potencial"""
