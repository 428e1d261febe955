"""French."""

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "first_name": "prénom, prénoms, prenom usuel, prénom s, votre prénom",
    "last_name": """
    nom de famille, nom famille, patronyme, nom de naissance, nom d usage, nom patronymique""",
    "full_name": """
    nom complet, nom et prénom, nom prénom, prénom nom, prénom et nom, nom du contact,
    interlocuteur, personne à contacter, nom participant, participant, nom du participant,
    contact principal, nom et prénoms, personne de contact, nom contact, nom prenom du contact,
    visiteur, nom du visiteur""",
    "name": "nom, client, nom du client, nom client, noms",
    "contact": "coordonnées",
    "email": """
    courriel, adresse mail, adresse email, adresse e mail, mél, mel, adresse courriel, adresse
    électronique, courrier électronique, adel, e mail pro, mail pro, adresse de courriel,
    adresse de messagerie, messagerie, email pro, couriel""",
    "phone": """
    téléphone, numéro de téléphone, tél, tel, n de téléphone, téléphone fixe, fixe, ligne
    directe, n tel, numéro tel, num tel, tél fixe, no de téléphone, n téléphone, téléphone 1,
    tel fixe, numéro téléphone, num téléphone, téléphone bureau, tél bureau, no téléphone, ligne
    fixe""",
    "mobile": """
    port, tel port, portable, téléphone portable, tél portable, téléphone mobile, mobile, n de
    portable, numéro de portable, tel portable, numéro de mobile, tél mobile, gsm, tel mobile, n
    portable, numéro mobile, num portable, cellulaire, numéro portable, tél cellulaire,
    téléphone cellulaire""",
    "fax": "télécopie, numéro de fax, télécopieur, n fax",
    "company": """
    société, entreprise, nom de la société, nom de l entreprise, raison sociale, organisme,
    nom société, nom entreprise, employeur, établissement, structure, organisation, compagnie,
    nom de l organisation, nom de la structure, nom organisme, entreprise société, société
    entreprise, nom de l organisme, nom de l établissement, nom commercial, enseigne, boîte,
    institution, sté, ste, éts, ets, cie, soc""",
    "website": """
    site web, site internet, site, url du site, page web, adresse du site, site de l entreprise,
    site web de l entreprise, site internet société""",
    "job_title": """
    fonction, poste, profession, intitulé du poste, intitulé de poste, métier, titre du poste,
    emploi, poste occupé, fonction poste, rôle, titre professionnel, fonction occupée, poste
    actuel, qualité fonction, titre de poste, intitulé poste, poste fonction, titre fonction""",
    "title": "titre",
    "salutation": """
    civilité, titre de civilité, civ, sexe, genre, politesse, formule de politesse, titre
    civilité""",
    "department": "service, direction, département service, service département",
    "industry": """
    secteur, secteur d activité, branche d activité, activité, domaine d activité, industrie""",
    "employees": """
    effectif, effectifs, nombre d employés, nombre de salariés, taille de l entreprise, nb
    salariés, taille entreprise, nombre d employes, tranche effectif, salariés""",
    "revenue": """
    chiffre d affaires, ca annuel, revenu annuel, chiffre d affaires annuel, revenus annuels,
    chiffre affaires, chiffre d affaire, ca, revenu""",
    "street1": """
    adresse, rue, adresse 1, adresse postale, adresse ligne 1, ligne d adresse 1, voie, n et
    rue, numéro et rue, adresse complète, n et voie, nom de rue, adresse rue, rue et numéro,
    adresse 1 rue, numéro et nom de la voie, n rue""",
    "street2": """
    complément d adresse, adresse 2, complément adresse, adresse ligne 2, complément, adresse
    complémentaire, ligne d adresse 2, bâtiment, suite adresse""",
    "street3": "adresse 3, adresse ligne 3",
    "house_number": "numéro de rue, n de rue, numéro de voie",
    "city": """
    ville, commune, localité, nom de la ville, ville de résidence, municipalité, nom de ville,
    votre ville""",
    "zip_city": "code postal ville, cp ville, code postal et ville, cp et ville",
    "location": "lieu, localisation, emplacement, lieu de résidence",
    "state": """
    province, état province, département région, état, canton, province état, département de
    résidence, état région""",
    "region": "région, zone géographique, territoire, secteur géographique",
    "country": "pays, pays région, pays de résidence, nom du pays, votre pays",
    "country_code": """
    code pays, indicatif, indicatif pays, code iso pays, code du pays, indicatif téléphonique,
    indicatif du pays""",
    "zip": "code postal, cp, code postale, c p, codepostal, cod postal",
    "dob": """
    date de naissance, anniversaire, né le, née le, anniversaire de naissance, date naissance,
    naissance, ddn, né e le, jour de naissance""",
    "anniversary": "anniversaire de mariage, date anniversaire",
    "lead_source": """
    source du lead, origine du lead, source du prospect, origine du contact, provenance, origine
    du prospect, source lead, origine contact, source du contact, source prospect""",
    "source": "source, origine, canal, canal d acquisition",
    "heard": """
    comment avez vous entendu parler de nous, comment nous avez vous connu, comment avez vous
    connu cet événement, comment nous avez vous connus, comment avez vous connu""",
    "source_campaign": """
    campagne, nom de la campagne, nom de campagne, campagne marketing, campagne source""",
    "source_medium": "support, média",
    "source_referrer": """
    site référent, page référente, url référente, url de provenance, site de provenance, page
    d'origine, url d'origine""",
    "notes": """
    commentaire, commentaires, remarque, remarques, note, notes, observation, observations,
    annotations, note interne, notes internes, infos complémentaires, informations
    complémentaires, compte rendu, autres informations, commentaires éventuels""",
    "message": """
    message, question, questions, description, demande, votre message, vos questions, votre
    question, besoin, besoins, avez vous des questions, vos attentes""",
    "do_not_email": """
    ne pas envoyer d email, désinscrit, désabonné, refus email, ne pas emailer, opposition
    email, stop email, ne plus envoyer d email, désinscription, désabonnement, ne pas contacter
    par email, pas d email, pas d emailing, ne pas envoyer de mail, pas de mail, désinscrit
    email, refus emailing""",
    "do_not_call": """
    ne pas appeler, refus appel, opposition téléphonique, bloctel, stop appel, pas d appel, ne
    pas téléphoner, ne pas contacter par téléphone, refus téléphone, ne plus appeler""",
    "do_not_sms": "ne pas envoyer de sms, stop sms, refus sms, pas de sms, désinscrit sms",
    "do_not_contact": "ne pas contacter, ne plus contacter, liste noire",
    "consent": """
    consentement, rgpd, inscription newsletter, accord, optin, opt in, abonné newsletter,
    accepte de recevoir, j accepte, infolettre, consentement rgpd, accord rgpd, abonnement
    newsletter, consentement marketing, inscrit à la newsletter, acceptation, opt in email,
    newsletter abonné, politique de confidentialité, accepte les emails, abonné, autorisation,
    consentement email, abonnement à la newsletter""",
    "status": """
    statut, statut du lead, statut prospect, statut client, statut inscription, statut du
    contact, état du dossier, statut de l inscription, statut de présence""",
    "stage": "étape, étape du cycle de vie, phase du cycle",
    "any_score": "priorité, évaluation, probabilité, note de lead, classement, notation",
    "time_zone": "fuseau horaire, fuseau",
    "owner": """
    propriétaire, propriétaire du contact, commercial, responsable, chargé de compte, vendeur,
    attribué à, gestionnaire, conseiller, propriétaire du lead, chargé d affaires, affecté à,
    suivi par, commercial attribué, assigné à, responsable commercial, commercial en charge,
    responsable de compte, mail commercial, email commercial, technico commercial""",
    "other_person": """
    recommandé par, créé par, modifié par, parrain, invité par, référent, assistant, scanné par,
    saisi par, assistante, parrainé par, supérieur""",
    "id": """
    identifiant, numéro, n, n client, numéro client, référence, siret, siren, n tva, numéro de
    commande, n de siret, num client, n commande, numéro siret, numéro de badge, n badge, code
    client, numéro de tva, tva intracommunautaire, n d ordre, numéro de billet, n billet, réf,
    matricule, numéro d inscription, code naf, code ape, naf, ape, n dossier, numéro de dossier""",
    "time": """
    date, date de création, créé le, modifié le, date d inscription, dernière activité,
    horodatage, heure, date inscription, dernier contact, date de modification, inscrit le, date
    de commande, dernière modification, date création, date du scan, heure d arrivée, heure de
    départ, durée, mis à jour le, date de contact, heure de connexion, date et heure, client
    depuis, scanné le, heure du scan, date de passage, date d adhésion, date de relance, date du
    contact, prochaine relance, depuis, heure d inscription""",
    "event": """
    événement, évènement, salon, atelier, présent, présence, type de billet, billet, tarif,
    participation, nom de l événement, stand, montant, prix, quantité, a participé, liste,
    groupe, session, conférence, nombre de billets, badge type""",
    "account_data": """
    langue, intérêt, centre d intérêt, centres d intérêt, produit, budget, âge, nationalité,
    catégorie, type de client, type, forme juridique, département, produit d intérêt, situation
    familiale, concurrent, projet, nature du projet, photo, loisirs""",
}
NEUTRAL = """
    contact client prospect participant votre vos le la les l de du des d un une veuillez saisir
    indiquer quel quelle est quels champ obligatoire facultatif principal principale personne et
    dans en actuel actuelle pour au à visiteur êtes vous s il te plait où travaillez habitez
    travaille laquelle"""
WORK = "prof professionnel professionnelle pro bureau travail directe"
HOME = """
    pers dom personnel personnelle perso domicile privé privée résidence"""
COMPANY = "entreprise société siège organisation organisme standard structure"
MAILING = "adresse postale"
BILLING = "facturation livraison"
OTHER = """
    acheteur autre secondaire second deuxième alternatif supplémentaire 2e alternative
    additionnel"""
FOREIGN = """
    propriétaire commercial responsable vendeur parrain assistant assistante gestionnaire
    conseiller créé modifié partenaire organisateur conjoint conjointe époux épouse père mère
    tuteur tutrice enfant fils fille parent parents ami filleul interne référent"""
THING = """
    ancien ancienne précédent événement salon billet commande produit naissance atelier stand
    facture session"""
DEAD: Mapping[str, str] = {
    "time": "date créé modifié dernière dernier heure durée inscription depuis",
    "id": "identifiant numéro référence réf",
    "status": "statut étape",
    "account_data": """
    nombre taille montant total intéressé intéressée souhaité souhaitée""",
    "consent": "consentement newsletter rgpd accepte abonné accord infolettre",
}
