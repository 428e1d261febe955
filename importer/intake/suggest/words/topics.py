"""What custom fields and drop-downs are about, in six languages: a topic to its words.

`word*` is the beginning of a word. English, German, French,
Spanish, Portuguese, and Hindi in both scripts. Made plain when they are read.
"""

from collections.abc import Mapping

# Of headers and of fields' names.
FIELD_TOPICS: Mapping[str, str] = {
    "class": "class klasse classe clase turma grade standard std कक्षा kaksha clas",
    "course": """
    course* kurs* cours cursus curso* formation program* studiengang studium कोर्स पाठ्यक्रम
    pathyakram lehrgang carrera carreira filiere""",
    "qualification": """
    qualification* qualifikation* qualificac* abschluss* diplome* titulacion* escolaridad*
    escolaridade formacao degree education* ausbildung* bildung* योग्यता yogyata शिक्षा shiksha
    padhai estudios estudos etudes""",
    "expiry": """
    expir* vencto vencimento* vencimiento* caducidad ablauf* renewal* renovac* renouvellement*""",
    "treatment": """
    treatment* tratamiento* tratamento* behandlung* traitement*
    soin soins उपचार इलाज upchar ilaj""",
    "percent": "percent* prozent* pourcent* porcent* marks cgpa gpa प्रतिशत pratishat अंक note",
    "budget": "budget* presup* orcamento* बजट preisrahmen",
    "project": """
    project* projekt* projet* proyecto* projeto* propert* immobilie* objekt propriete propiedad*
    inmueble* imovel imoveis संपत्ति sampatti makaan makan flat परियोजना bien development""",
    "product": """
    product* produkt* produit* producto* produto* utpad उत्पाद प्रोडक्ट item article artikel
    saman""",
    "service": "service* dienst* servicio* servico* leistung* सेवा seva prestation*",
    "interest": """
    interest* interess* interes* interet* रुचि ruchi pasand pasandida wunsch gewunscht* souhait*
    deseja* desea* wants""",
    "size": "size grosse taille tamano tamanho porte staerke effectif effectifs",
    "people": """
    employee* people mitarbeiter* personen personas empleado* trabajador* trabalha* funcionario*
    colaborador* salarie* collaborateur* pessoas beschaftigte* कर्मचारी* karmchari staff
    headcount effectif effectifs mitarbeiterzahl arbeiten travaillent trabajan team""",
    "when": """
    when timeframe timeline timescale timing wann quand cuando quando zeitrahmen zeitraum
    zeitpunkt delai plazo prazo horizon* kab कब horizonte echeance frist period fecha prevista""",
    "purchase": """
    purchas* buy* kauf* kaufen achat* achet* acquisition anschaff* compra* comprar adquirir
    kharid* khareed* खरीद* lena lene order beschaff* investition""",
    "crm": "crm",
    "software": """
    software system* tool tools outil* programm herramienta* ferramenta* logiciel* sistema*""",
    "current": """
    current* aktuell* actuel* actual* atual* derzeit* presently today heute aujourd hoy hoje
    utilis* nutz* verwend* uso usa usan utiliza* using use uses used bisherig* vartaman""",
    "father": "father* vater* pere padre pai pita पिता dad",
    "mother": "mother* mutter* mere madre mae mata माता maa mom",
    "parent": "parent* guardian* eltern* tuteur* tutor* encarregado abhibhavak अभिभावक",
    "spouse": "spouse* husband wife ehepartner* ehegatt* conjoint* conyuge conjuge pati patni पति",
    "school": """
    school* schule* ecole* escuela* escola* colegio* vidyalay* विद्यालय* स्कूल college*
    university universit* universid* hochschule""",
    "branch": """
    branch* filiale* succursale* agence sucursal* filial शाखा shakha niederlassung* agencia""",
    "department": "department* dept abteilung* departement* departamento* service विभाग vibhag",
    "industry": """
    industry industries branche* secteur* sector* setor* industrie* industria* उद्योग udyog
    vertical ramo rubro giro wirtschaftszweig""",
    "salutation": "salutation anrede civilite tratamiento tratamento sambodhan संबोधन",
    "gender": "gender sex geschlecht sexe sexo genero genre लिंग ling",
    "language": "language* sprache* langue* idioma* lengua* lingua भाषा bhasha",
    "nationality": "nationalit* nacionalidad* nacionalidade staatsangehorigkeit राष्ट्रीयता",
    "age": "alt old age alter edad idade aayu umar umra आयु उम्र",
    "plan": "plan plans tarif* forfait* paquete* pacote* abonnement* package* योजना yojana tier",
    "quantity": """
    quantity quantities menge* quantite* cantidad* quantidade* matra मात्रा qty anzahl units
    stuckzahl volume""",
    "model": "model* modell* modele* modelo* मॉडल variant*",
    "brand": "brand* marke* marque* marca* ब्रांड make fabrikat",
    "insurance": """
    insurance versicherung* assurance* seguro* बीमा bima policy polic* poliza* apolice*""",
    "loan": "loan* kredit* darlehen* pret prets credit* prestamo* emprestimo* ऋण लोन karz rin",
    "vehicle": """
    vehicle* fahrzeug* vehicule* vehiculo* veiculo* car auto autos voiture coche carro गाड़ी
    gaadi gadi वाहन vahan""",
    "start": "start* beginn* debut* inicio* comenz* comecar* shuru शुरू commenc* empezar iniciar",
    "apply": """
    appl* bewerb* candidat* admission* admissao pravesh प्रवेश aavedan आवेदन inscription enrol*
    anmeldung einschul*""",
    "role": "role decision* entscheid* decideur* decis*",
    "challenge": "challenge* herausforderung* defi* desafio* reto* problem* chunauti",
    "competitor": "competitor* wettbewerb* concurrent* competidor* concorrente* konkurren*",
    "segment": "segment*",
    "category": "category categories kategorie* categorie* categoria* श्रेणी shreni",
    "type": "type typ art tipo tipos प्रकार prakar kind sort",
    "income": """
    income einkommen revenu revenus ingreso* renda salary gehalt salaire salario* आय aay vetan""",
    "experience": "experience erfahrung* experiencia* अनुभव anubhav berufserfahrung",
    "religion": "religion* धर्म dharm confession",
    "marital": "marital familienstand matrimonial* civil वैवाहिक",
    "area": "area areas flache* surface superficie sqft quadratmeter carpet kshetrafal",
    "room": "room* zimmer* chambre* habitacion* quarto* bhk kamre bedroom* dormitorio*",
    "contact_time": "best callback",
    "linkedin": "linkedin",
    "whatsapp": "whatsapp व्हाट्सएप",
    "customer": "customer* kunde* client* cliente* grahak ग्राहक",
    "number": """
    viele viel number numero nummer nombre anzahl count total sankhya संख्या quantas quantos
    cuantos cuantas combien wieviele wie* many""",
    "company": """
    company firm firma* unternehmen* entreprise* empresa* societe* compan* कंपनी kampani organi*
    business betrieb*""",
    "city": "city stadt ville ciudad cidade shahar sheher शहर",
    "name": "name namen nom nombre nome naam nam नाम",
    "years": "years year jahre jahr ans annees anos anios saal वर्ष साल varsh",
    "range": "range ranges bereich rango faixa tranche fourchette spanne",
    "highest": "level niveau nivel grau stufe highest hochst* plus maximo uchchatam max",
    "medium": "medium medio mode channel",
    "consent": """
    consent* einwilligung* zustimmung* consentement* consentimiento* consentimento* lgpd gdpr
    dsgvo rgpd सहमति""",
    "date": "date* datum fecha data tarikh tareekh तारीख दिनांक dinank",
    "status": "status etat estado situacao sthiti स्थिति",
    "id": "id ids nr kennung code codigo",
}
# These say little where they stand beside another.
WEAK = """
    apply category company current customer highest interest link name number perfil profil
    profile range service size software type url years"""
# Words that say nothing.
IDLE = """
    te me le les lui leur nos nous ji wala wali baat bat kar karen karein kare sa si kaunse जी
    वाला वाली बात करें सा सी कौन speak spoken bevorzugt korrespondenz just only sirf nur solo
    seulement apenas bas the a an of in for is are you your do does did what which who how to at
    on with by and or we our would like please this that will can could has have d s der die das
    den dem des ein eine ist sind sie ihr ihre ihren wir was welche welcher welches welchen wie
    und oder im mit fur von zu zum zur bei haben mochten la l un une du de est sont vous votre
    vos quel quelle quels quelles et ou dans pour avec par que qui souhaitez avez el los las una
    es son usted su sus tu tus cual cuales y o en para con por tiene quiere preve realizar desea
    os as um uma e sao voce seu sua seus suas qual quais em na no nas com tem gostaria da dos ka
    ki ke ko kya hai hain aap aapka aapki aapke aapko apna apni kis kaun kaunsa kaunsi kitne
    kitna kitni karna chahte chahiye chahenge mein se का की के को क्या है हैं आप आपका आपकी आपके
    किस कौनसा कौनसी में से करना चाहते चाहिए visee vise max maximo
    maximum min preferred bevorzugte preferido preferida interested
    their his her field lead th st nd rd vi"""
# Of values and options, beside those above: trades, where a lead is from, products, how soon.
VALUE_TOPICS: Mapping[str, str] = {
    "owner": """
    owner* inhaber* proprietaire* propietari* proprietari* malik मालिक founder* geschaftsfuhr*
    ceo gerant* grunder* dueno duena socio""",
    "manager": "manager* leiter* leitung gerente* responsable* responsavel प्रबंधक prabandhak",
    "engineer": "engineer* ingenieur* ingenier* engenheir* इंजीनियर",
    "purchasing": "purchas* einkauf* acheteur* achat* comprad* compras procurement",
    "sales": "sales vertrieb* ventes ventas vendas commercial* comercial*",
    "medium": "medium mittel* moyen* median* medio* media",
    "telecom": "telecom* telekom* telco",
    "manufacturing": """
    manufactur* fertigung* produktion production industrie industry industria fabrication
    fabricac* fabrik* maschinenbau* machine* metall* metal* machinery anlagenbau mecanique
    maquin* produccion producao vinirman विनिर्माण उत्पादन automobil* automotive werkzeugbau
    manufaktur* steel stahl* siderurg* plasturgie kunststoff* plastics""",
    "retail": """
    retail* einzelhandel* handel handels* commerce commerces distribution comercio varejo
    minorista ecommerce laden खुदरा khudra detail trade dukan""",
    "wholesale": "wholesale* grosshandel* grossiste* mayorista* atacado* थोक thok handel negoce",
    "healthcare": """
    health* gesundheit* sante salud saude medical* medizin* hopital* medic* hospital* klinik*
    स्वास्थ्य swasthya pharma* krankenhaus* pflege""",
    "logistics": """
    logisti* transport* spedition* लॉजिस्टिक्स परिवहन parivahan shipping freight fracht* lager*""",
    "finance": """
    financ* finanz* bank* banque* banco* insur* versicherung* assurance* seguros बैंक* वित्त*
    vitt* bfsi fintech investment*""",
    "technology": """
    technolog* tecnolog* it edv informati* software* saas tech hightech hi-tech telecom*
    computer* प्रौद्योगिकी आईटी ites ti tic informatik ikt""",
    "energy": """
    energ* strom versorg* utilities ऊर्जा urja renewable* photovoltaik eolien oil gas petrol*
    elektrizitat""",
    "food": """
    food* lebensmittel* nahrungsmittel* agroalimentaire* aliment* getranke* bebida* beverage*
    खाद्य khadya f&b ernahrung* agroalimentar* backwaren boisson*""",
    "agriculture": """
    agricult* landwirt* agrar* agropecuari* farming कृषि krishi agro forst* agri agronegocio
    agroindustria""",
    "construction": """
    construction constructions bau bauwesen baugewerbe bauindustrie btp batiment construccion
    construcao civil निर्माण nirman obras hochbau tiefbau building""",
    "trades": "trades handwerk* artisan* artesan* craft*",
    "education": """
    educat* bildung* schul* enseign* ensino educac* ensenanza शिक्षा shiksha universit* school*
    schule* academ* edtech forschung""",
    "hospitality": """
    hospitality hotel* restaur* gastronomie gastgewerbe horeca touris* turismo hosteleria पर्यटन
    travel gastro reise* viajes catering""",
    "public": """
    public* offentl* publique* publico* government* govt regierung* behorde* verwaltung*
    gobierno governo सरकारी sarkari administration* kommun*""",
    "media": """
    media medien medias medios midia werbung* advertising publicidad* publicite* मीडिया agentur
    marketing pr""",
    "real_estate": "realestate immobilien* immobilier* inmobiliari* imobiliari* realty",
    "consulting": "consult* beratung* conseil* consultoria* asesoria* परामर्श",
    "printing": "print* druck* imprim* imprenta* grafica* impresion",
    "textile": "textil* apparel garment* mode bekleidung* habillement वस्त्र vastra fashion",
    "chemical": "chemi* chimi* quimic* रसायन",
    "nonprofit": "nonprofit ngo verein* gemeinnutzig* association* ong asociacion* associacao*",
    "automotive": "automobil* automotive kfz automotriz automocion automotivo vehicle* fahrzeug*",
    "aerospace": "aerospace luftfahrt* aero*",
    "legal": "legal recht* juridi* rechts* law avocat* abogad* advocacia kanzlei*",
    "web": """
    web webs website* webseite* internet online webform* site sites pagina homepage google
    search suche suchmaschine* recherche moteur busqueda buscador busca organic* organi* seo sem
    ppc adwords ads social sozial* soziale* redes reseaux facebook instagram linkedin youtube
    twitter chat chatbot download* वेबसाइट वेब इंटरनेट इंटरनैट गूगल vebsait blog landing
    searching fb insta xing tiktok pesquisa webseiten indiamart justdial""",
    "referral": """
    referral* referred refer reference* empfehl* empfohlen* weiterempfehl* recommand* recomend*
    recommend* indica* indicado referenc* रेफरेंस रेफरल सिफारिश sifarish mundpropaganda boca
    bouche mouth friend* freund* ami amis amigo* amiga* colleague* kollege* kollegin* collegue*
    colega* companero* conhecid* conocid* bekannte* mitra मित्र दोस्त dost रिश्तेदार* rishtedar*
    word परिचित parichit""",
    "tradeshow": """
    tradeshow* messe* fachmesse* fair fairs salon salons feria* feira* expo expos exhibition*
    exposition* exposicion* exposicao मेला mela प्रदर्शनी pradarshani ausstellung* event events
    evento* evenement* veranstaltung* stand congress* kongress* congreso* conference* konferenz*
    congres foire* booth tradefair*""",
    "direct": "direct* direkt* diret* sidhe सीधे walkin walkins laufkundschaft",
    "email": "email* emails mail mailing* newsletter* correo courriel rundschreiben",
    "phone": """
    phone* telephone* telefon* call calls anruf* appel llamada* ligac* फोन फ़ोन कॉल
    telemarketing telecalling kaltakquise coldcall""",
    "partner": "partner* partenaire* socio* parceiro* haendler handler reseller*",
    "advertisement": """
    advertis* anzeige* publicit* publicidad* anuncio* vigyapan विज्ञापन zeitung* newspaper*
    magazin* radio tv print plakat hoarding flyer volante akhbar अखबार periodico jornal prensa""",
    "mortgage": """
    mortgage* hypothek* hypotheque* hipoteca* homeloan homeloans baufinanzierung
    immobilienkredit""",
    "life": "life leben* vie vida जीवन jeevan jivan",
    "health": "health kranken* sante salud saude स्वास्थ्य",
    "car": """
    car cars auto autos autom* kfz voiture* coche* carro* वाहन vehicle* vehicul* veiculo* गाड़ी
    gadi gaadi""",
    "home": "home house haus* maison casa hogar घर ghar habitation wohn* vivienda",
    "personal": "personal* person* privat* पर्सनल व्यक्तिगत",
    "savings": "saving* spar* epargne ahorro* poupanca बचत bachat",
    "account": "account* konto* compte* cuenta* conta खाता khata",
    "card": "card* karte* carte* tarjeta* cartao* कार्ड",
    "solar": "solar* सोलर sonnen* photovoltai*",
    "battery": "batter* akku* bateria* बैटरी",
    "pump": "pump* pompe* bomba* पम्प पंप",
    "water": "water wasser* eau agua पानी pani",
    "training": "training* schulung* formation formacion* treinamento* capacitacion प्रशिक्षण",
    "support": "support* soporte suporte assistance wartung* maintenance mantenimiento manutencao",
    "travel": "travel* reise* voyage* viaje* viagem* यात्रा yatra",
    "business": "business gewerbe* geschaft* negocio* entreprise* empresarial व्यवसाय vyapar",
    "now": """
    immediate* immediately sofort* immediat* inmediat* imediat* turant तुरंत asap now jetzt abhi
    unverzuglich""",
    "no_plan": """
    explor* jaankari jankari sondier* informier* kein keine sin sem aucun* none plans prevision
    previsao informarme curioso""",
    "other": """
    other others sonstige* andere* andre* autre* otro* otra* outro* outra* anya अन्य misc
    diverse* divers varios""",
    "male": "male m mann mannlich* homme masculin* hombre homem masculino purush पुरुष man",
    "female": """
    female f w frau weiblich* femme feminin* mujer mulher femenino feminino mahila महिला stri
    woman""",
    "graduate": """
    graduate graduation bachelor* licence licenciatura graduado graduacao snatak स्नातक""",
    "post": "post postgraduate master* maestria mestrado snatakottar स्नातकोत्तर parasnatak",
    "pass": "pass uttirn",
    "single": "single ledig celibataire soltero* soltera* solteiro* avivahit अविवाहित unmarried",
    "married": "married verheiratet* marie mariee casado* casada* vivahit विवाहित shaadishuda",
    "student": "student* studen* etudiant* estudiant* estudante* chhatra छात्र vidyarthi",
    "high": "high hoch hohe eleve alta alto उच्च",
    "small": "small klein* petit* pequen* chhota",
    "large": "large gross* grand* grande* bada",
    "english": "english englisch* anglais* ingles* अंग्रेज़ी अंग्रेजी angrezi angreji en",
    "german": "german deutsch* allemand* aleman* alemao* जर्मन de",
    "french": "french franzosisch* francais* frances* फ्रेंच fr",
    "spanish": "spanish spanisch* espagnol* espanol* castellano espanhol* es",
    "portuguese": "portuguese portugiesisch* portugais* portugu* pt",
    "hindi": "hindi हिंदी हिन्दी hi",
}
