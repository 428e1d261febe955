"""German, Austria's and Switzerland's too."""

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "first_name": "vorname, vornamen, rufname, vn, vor name, vorname n",
    "last_name": "nachname, familienname, zuname, nachnamen, nn, nach name, hausname",
    "full_name": """
    vollständiger name, voller name, vor und nachname, vorname nachname, vor nachname,
    ansprechpartner, ansprechpartnerin, kontaktperson, kontaktname, teilnehmer, teilnehmername,
    name vorname, vorname name, name des teilnehmers, nachname vorname, besucher, besuchername,
    kontakt name, name ansprechpartner, ansprechperson, name der kontaktperson, vorname und
    nachname, vorname und name, ihr name, teilnehmerin""",
    "name": "name, kunde, kundenname, interessent",
    "contact": "kontakt, kontaktdaten",
    "email": """
    e mail, email adresse, emailadresse, mailadresse, mail adresse, e mail adresse,
    elektronische post, epost, mailadr, email adr, e mailadresse""",
    "phone": """
    telefon, telefonnummer, tel, tel nr, telefonnr, telefon nr, rufnummer, festnetz,
    festnetznummer, fon, telefon nummer, telefon 1, durchwahl, telnr, telefonnummer 1,
    fernsprecher, rückrufnummer, tel nummer, tel 1""",
    "mobile": """
    handy, mobil, mobiltelefon, handynummer, mobilnummer, handy nr, mobilnr, natel, mobil nr,
    mobilfunk, handynr, mobilfunknummer, mobil telefon, telefon mobil, mobiltelefonnummer, tel
    mobil, mobile nummer, handy nummer""",
    "fax": "telefax, faxnummer, fax nr, faxnr",
    "company": """
    firma, firmenname, unternehmen, unternehmensname, gesellschaft, organisation, arbeitgeber,
    betrieb, name der firma, firmierung, institution, firmenbezeichnung, name des
    unternehmens, organisationsname, firma unternehmen, unternehmen firma, name firma, fa,
    institut, behörde, verein, firma organisation, firma institution, beschäftigt bei, tätig
    bei, angestellt bei, arbeitet bei""",
    "website": """
    webseite, internetseite, internet, homepage, internetadresse, web adresse, webadresse,
    firmenwebseite, firmenwebsite, url der webseite, unternehmenswebsite, internetauftritt""",
    "job_title": """
    funktion, berufsbezeichnung, beruf, stellenbezeichnung, jobtitel, position im unternehmen,
    stellung, tätigkeit, rolle, job titel, funktion position, position funktion, jobbezeichnung,
    funktionsbezeichnung, berufliche position, dienststellung, stelle, ihre position, ihre
    funktion, aktuelle position, amtsbezeichnung""",
    "title": "titel",
    "salutation": """
    anrede, anredetitel, akademischer titel, akad titel, briefanrede, geschlecht, titel
    akademisch, grußformel, namenszusatz, namenstitel""",
    "department": "abteilung, bereich, ressort, fachbereich, referat",
    "industry": "branche, wirtschaftszweig, industrie, sektor, geschäftsfeld",
    "employees": """
    mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter, unternehmensgröße, beschäftigte,
    mitarbeiteranzahl, firmengröße, anzahl der mitarbeiter, anzahl beschäftigte""",
    "revenue": """
    umsatz, jahresumsatz, umsatz eur, umsatz euro, umsatz in eur, umsatz in, jahresumsatz in
    eur, jahresumsatz eur, umsatz in euro, umsatz pro jahr, umsatz p a, jahresumsatz in""",
    "street1": """
    strasse, straße, str, anschrift, adresse, strasse und hausnummer, straße nr, straße
    hausnummer, strasse nr, adresszeile 1, adresse 1, straße und nr, straße hausnr, straße u
    hausnr, postanschrift, straßenname, str nr, straße 1, wohnadresse, str hausnr,
    strassenadresse, straße u nr, straße und hausnr, postadresse, hausanschrift,
    firmenanschrift, geschäftsanschrift, wohnanschrift, privatanschrift, besuchsadresse,
    hausadresse, firmenadresse, geschäftsadresse""",
    "street2": """
    adresszusatz, adresszeile 2, zusatz, adresse 2, anschrift 2, straße 2, anschriftenzusatz,
    adressszusatz""",
    "street3": "adresszeile 3, adresse 3",
    "house_number": "hausnummer, hausnr, hnr, haus nr",
    "city": """
    ort, stadt, wohnort, ortschaft, gemeinde, firmensitz, sitz, ortsname, stadt ort, ort stadt,
    wohnsitz""",
    "zip_city": "plz ort, plz und ort, plz stadt, postleitzahl ort",
    "location": "standort",
    "state": "bundesland, kanton, provinz, bundesstaat, bundesland kanton, landkreis",
    "state_or_country": "staat",
    "region": "gebiet, vertriebsgebiet",
    "country": """
    land, länder, herkunftsland, länderbezeichnung, land region, wohnsitzland, landesname,
    nation""",
    "country_code": """
    ländercode, landeskennzahl, länderkennzeichen, landesvorwahl, ländervorwahl, ländercode iso,
    lkz, länderkürzel, landkürzel, iso ländercode""",
    "zip": "plz, postleitzahl, postleit zahl, plz 1, zustellbezirk",
    "dob": """
    geburtsdatum, geburtstag, geb datum, geboren, geboren am, geb, gebdatum, geb dat,
    geburtsdat, geb am""",
    "anniversary": "jahrestag, hochzeitstag, jubiläum",
    "lead_source": """
    leadquelle, lead quelle, kontaktquelle, herkunft des leads, leadherkunft, lead herkunft,
    adressquelle, kundenquelle, akquisequelle""",
    "source": "quelle, kanal, herkunft",
    "heard": """
    wie haben sie von uns erfahren, wie sind sie auf uns aufmerksam geworden, wie haben sie von
    der veranstaltung erfahren""",
    "source_campaign": "kampagne, kampagnenname, werbekampagne, aktion kampagne, marketingkampagne",
    "source_medium": "werbemedium",
    "source_referrer": """
    verweisende seite, verweisende url, herkunftsseite, verweis url, herkunfts url""",
    "notes": """
    bemerkung, bemerkungen, kommentar, kommentare, notiz, notizen, anmerkung, anmerkungen,
    hinweis, hinweise, freitext, gesprächsnotiz, gesprächsnotizen, vermerk, interne notiz,
    zusatzinfo, sonstiges, messenotiz, notiz zum gespräch, besuchsnotiz""",
    "message": """
    nachricht, frage, fragen, beschreibung, anfrage, ihre nachricht, ihre fragen, mitteilung,
    anliegen, ihr anliegen, haben sie fragen, fragen an den referenten""",
    "do_not_email": """
    keine e mail, keine email, keine emails, kein mailing, werbesperre, abgemeldet, e mail
    abbestellt, keine e mails, newsletter abgemeldet, nicht mailen, e mail sperre, mailsperre,
    kein newsletter, email sperre, keine werbung, abbestellt, keine werbung per e mail""",
    "do_not_call": """
    nicht anrufen, anrufsperre, kein anruf, keine anrufe, telefonsperre, kein telefon, keine
    telefonwerbung, nicht telefonieren""",
    "do_not_sms": "keine sms, sms sperre",
    "do_not_contact": "kontaktsperre, nicht kontaktieren, gesperrt",
    "consent": """
    einwilligung, zustimmung, werbung, newsletter anmeldung, dsgvo, datenschutz, opt in,
    einverständnis, werbeeinwilligung, newsletter abo, newsletterempfang, werbung erlaubt,
    datenschutz akzeptiert, newsletter gewünscht, dsgvo einwilligung, agb akzeptiert,
    datenschutzerklärung, kontakt erlaubt, werbeerlaubnis, einwilligung werbung, e mail
    einwilligung, darf kontaktiert werden""",
    "status": """
    zustand, kundenstatus, teilnahmestatus, anmeldestatus, bearbeitungsstatus, teilnahme status,
    kontaktstatus""",
    "stage": "phase, vertriebsphase",
    "any_score": "bewertung, priorität, prio, einstufung, punkte, abc klasse, wahrscheinlichkeit",
    "latitude": "breitengrad, geografische breite",
    "longitude": "längengrad, geografische länge",
    "time_zone": "zeitzone",
    "owner": """
    betreuer, zuständig, zuständiger, kundenbetreuer, vertriebsmitarbeiter, kontaktinhaber,
    verkäufer, besitzer, ansprechpartner intern, sachbearbeiter, kundenberater, verantwortlich,
    verantwortlicher, inhaber, vertriebler, zuständiger mitarbeiter, außendienst, bearbeiter,
    aussendienstmitarbeiter, vertrieb, innendienst, eigentümer, lead inhaber, kontaktbesitzer,
    zugewiesen an, e mail betreuer, betreuer e mail, account manager intern, betreut durch,
    berater""",
    "other_person": """
    empfohlen von, angelegt von, erstellt von, geändert von, erfasst von, eingeladen von,
    gescannt von, vorgesetzter, assistenz, sekretariat, werber, erfasser""",
    "id": """
    kundennummer, kundennr, kunden nr, kundenr, nummer, lfd nr, lfd, ident, laufende nummer,
    debitor, debitorennummer, mitgliedsnummer, datensatz id, ticketnummer, bestellnummer,
    bestellnr, ust id, ustid, ust idnr, steuernummer, iban, kd nr, kdnr, vorgangsnummer,
    auftragsnummer, ausweisnummer, referenz, buchungsnummer, adressnummer, kontaktnummer,
    teilnehmernummer, handelsregister, handelsregisternummer, kürzel""",
    "time": """
    erstellt, erstellt am, angelegt am, geändert am, datum, uhrzeit, zeitstempel, letzte
    aktivität, anmeldedatum, letzte änderung, letzter kontakt, registriert am, erfasst am,
    anmeldung am, wiedervorlage, zeitpunkt, aktualisiert am, kontaktiert am, anmeldezeitpunkt,
    angemeldet am, kunde seit, beitrittszeit, austrittszeit, dauer, scanzeit, gescannt am,
    bestelldatum, letzter besuch, messetag, beginn, ende, seit, nächster termin, partner seit,
    mitglied seit, erstkontakt, erstellungsdatum, änderungsdatum, buchungsdatum, dauer in
    minuten""",
    "event": """
    veranstaltung, teilgenommen, ticketart, messe, stand, halle, anmeldung, ticket kategorie,
    teilnahme, standnummer, messestand, ticketkategorie, seminar, kurs, anzahl tickets, preis,
    betrag, anzahl, gruppe, liste, verteiler, tagesgast, essen, menüwahl, workshop, erschienen""",
    "account_data": """
    sprache, interesse, interessen, produkt, produktinteresse, budget, alter, familienstand,
    nationalität, staatsangehörigkeit, kundentyp, kategorie, typ, art, kundengruppe, rechtsform,
    wettbewerber, gewünschtes produkt, interessengebiet, profil, foto""",
}
NEUTRAL = """
    kontakt kunde kunden kunden- teilnehmer ihr ihre ihren der die das des bitte angeben
    eingeben feld pflichtfeld optional haupt primäre primärer person persönliche wie lautet ist
    welche welcher in und von im aktuelle bevorzugte wir sie lauten besucher besuchers
    teilnehmers angabe zum zur arbeiten wo tätig beschäftigt"""
WORK = """
    dienstl geschäftl gesch geschäftlich dienstlich beruflich büro geschäftliche dienst
    berufliche arbeit geschäfts dienstliche"""
HOME = "priv privat private persönlich privater"
COMPANY = "firma firmen unternehmens unternehmen zentrale firmensitz zentral"
MAILING = "adresse anschrift postalische liefer"
BILLING = "rechnung rechnungs lieferung rechnungsadresse lieferadresse rechnungsanschrift"
OTHER = """
    zweite weitere andere alternative zusätzliche zweit sonstige alternativ weiterer zusätzlich"""
FOREIGN = """
    betreuer betreuers zuständig inhaber vertriebsmitarbeiter verkäufer empfehler assistenz
    sekretariat vorgesetzter berater partner ersteller ehepartner ehefrau ehemann vater mutter
    kind sohn tochter eltern erziehungsberechtigter vormund bekannter werber intern interner
    interne"""
THING = """
    frühere früherer ehemalige bisherige veranstaltung messe ticket bestellung produkt geburts
    stand angebot auftrag"""
DEAD: Mapping[str, str] = {
    "time": "datum erstellt geändert angelegt zuletzt letzte letzter am seit uhrzeit zeit dauer",
    "id": "nummer nr kennung kennzeichen",
    "event": "teilgenommen veranstaltung anmeldung",
    "consent": "einwilligung zustimmung newsletter datenschutz dsgvo werbung",
    "account_data": "interessiert gewünschte gewünschter gewünschtes wunsch",
}
