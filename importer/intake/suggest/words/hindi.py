"""Hindi, in Devanagari and as it is typed in Latin letters."""

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "first_name": """
    पहला नाम, प्रथम नाम, pehla naam, pahla naam, pratham naam, prathm naam, फर्स्ट नेम, नाम
    प्रथम, pehla nam, फर्स्ट नाम""",
    "last_name": """
    अंतिम नाम, उपनाम, कुलनाम, antim naam, upnaam, upnam, kulnaam, सरनेम, लास्ट नेम, आखिरी नाम,
    aakhri naam, akhri naam, उप नाम, कुल नाम, surnaam""",
    "full_name": """
    पूरा नाम, pura naam, poora naam, संपर्क व्यक्ति, sampark vyakti, ग्राहक का पूरा नाम, सम्पर्क
    व्यक्ति, प्रतिभागी का नाम, प्रतिभागी, व्यक्ति का नाम, आपका नाम, aapka naam, pratibhagi ka
    naam, पूर्ण नाम, purn naam, pura nam, poora nam, vyakti ka naam, आगंतुक का नाम, छात्र का नाम""",
    "name": """
    पार्टी, पार्टी का नाम, party ka naam, नाम, naam, nam, ग्राहक का नाम, grahak ka naam, नेम,
    ग्राहक, grahak""",
    "contact": "संपर्क, sampark, सम्पर्क, संपर्क विवरण",
    "email": """
    ईमेल, ई मेल, ईमेल पता, ईमेल आईडी, ई मेल पता, ईमेल एड्रेस, मेल आईडी, email pata, ई मेल आईडी,
    मेल, email ka pata, ईमेल आई डी, इमेल, ईमेल अड्रेस, ई मेल आई डी, mail pata""",
    "phone": """
    फोन, फोन नंबर, दूरभाष, संपर्क नंबर, टेलीफोन, फ़ोन नम्बर, sampark number, sampark nambar,
    phone nambar, doorbhash, durbhash, दूरभाष नंबर, दूरभाष संख्या, फोन न, संपर्क सूत्र, सम्पर्क
    नंबर, फोन संख्या, टेलीफोन नंबर, durbhash number, संपर्क संख्या, फोन नं, sampark no""",
    "mobile": """
    मोबाइल, मोबाइल नंबर, मोबाईल, मोबाईल नंबर, मोबाइल नम्बर, mobile nambar, चल दूरभाष, मोबाइल न,
    मोबाइल संख्या, मोबाईल नम्बर, मोबाइल फोन, मोबाइल नं, mobail, mobail number, मो नं, मो न""",
    "whatsapp": "व्हाट्सएप, व्हाट्सएप नंबर, व्हाट्सऐप नंबर, वाट्सएप नंबर, whatsapp nambar",
    "fax": "फैक्स, फैक्स नंबर",
    "company": """
    कंपनी, कंपनी का नाम, संस्था, संगठन, संस्थान, company ka naam, sanstha, sangathan, फर्म,
    sansthan, कम्पनी, कम्पनी का नाम, संस्था का नाम, संगठन का नाम, संस्थान का नाम, sanstha ka
    naam, company ka nam, व्यवसाय का नाम, kampani, फर्म का नाम, sangathan ka naam, नियोक्ता,
    kampani ka naam, firm ka naam, vyavsay ka naam, कार्यालय, sansthan ka naam""",
    "website": "वेबसाइट, वेबसाईट, वेब साइट, वेबसाइट का पता, company website pata",
    "job_title": """
    पद, पदनाम, पेशा, व्यवसाय पद, pad, padnaam, padnam, pesha, ओहदा, कार्य पद, पद नाम, vyavsay,
    व्यवसाय, नौकरी, नौकरी का पद, डेजिग्नेशन, pad naam, ohda, naukri, rojgar, रोजगार""",
    "salutation": "संबोधन, लिंग, ling, sambodhan",
    "department": "विभाग, vibhag",
    "industry": "उद्योग, udyog, क्षेत्र उद्योग",
    "employees": "कर्मचारी, कर्मचारियों की संख्या, कर्मचारी संख्या, karmchari",
    "revenue": "राजस्व, वार्षिक आय, टर्नओवर, वार्षिक राजस्व, वार्षिक टर्नओवर, सालाना टर्नओवर",
    "street1": """
    पता, pata, गली, घर का पता, पूरा पता, डाक पता, pura pata, स्थायी पता, ghar ka pata, मार्ग,
    पता 1, पता पंक्ति 1, वर्तमान पता, dak pata, सड़क, गली का पता""",
    "street2": "पता 2, मोहल्ला, इलाका, pata 2, पता पंक्ति 2, mohalla, ilaka",
    "city": """
    शहर, नगर, shahar, sheher, shehar, nagar, गांव, शहर का नाम, shahr, गाँव, shahar ka naam,
    कस्बा, गांव शहर, shaher, निवास शहर""",
    "district": "जिला, zila, jila",
    "location": "स्थान, sthan, जगह, jagah",
    "state": "राज्य, प्रदेश, rajya, pradesh, राज्य का नाम, rajya ka naam, सूबा",
    "region": "क्षेत्र, kshetra",
    "country": "देश, desh, देश का नाम, मुल्क, राष्ट्र, desh ka naam, rashtra",
    "zip": """
    पिन कोड, पिनकोड, डाक कोड, पिन, पोस्टल कोड, pin kod, dak code, पिन संख्या, डाक सूचकांक, ज़िप
    कोड, pin code number, पिन नंबर, dak kod""",
    "dob": """
    जन्म तिथि, जन्मतिथि, जन्मदिन, जन्म दिनांक, जन्म की तारीख, janm tithi, janam tithi, janmdin,
    janamdin, जन्म तारीख, जन्म दिन, janma tithi, janm din, janm tareekh, janmtithi, janam din,
    जन्म की तिथि, janm dinank""",
    "anniversary": "सालगिरह, वर्षगांठ, शादी की सालगिरह, विवाह वर्षगांठ, saalgirah, salgirah",
    "lead_source": "लीड स्रोत, लीड का स्रोत, lead srot",
    "source": "स्रोत, srot, माध्यम",
    "heard": "आपने हमारे बारे में कैसे सुना, हमारे बारे में कैसे पता चला",
    "source_campaign": "अभियान, कैंपेन, abhiyan, अभियान का नाम",
    "notes": """
    टिप्पणी, टिप्पणियाँ, टिप्पणियां, नोट, नोट्स, tippani, विशेष टिप्पणी, अभ्युक्ति, टिप्पणियाँ
    नोट्स, रिमार्क, कमेंट, रिमार्क्स, tippaniya, vishesh""",
    "message": "संदेश, प्रश्न, सवाल, विवरण, sandesh, sawal, सुझाव, आपका संदेश, prashn, vivaran",
    "do_not_email": """
    ईमेल न भेजें, ईमेल ना भेजें, ईमेल मत भेजें, ईमेल नहीं भेजें, ईमेल बंद, email na bheje, email
    mat bhejo, email na bhejen""",
    "do_not_call": """
    कॉल न करें, फोन न करें, कॉल ना करें, कॉल मत करें, फोन ना करें, call na kare, call na karen,
    call mat karo, phone na kare""",
    "do_not_sms": "एसएमएस न भेजें, sms na bheje, एसएमएस ना भेजें",
    "consent": "सहमति, अनुमति, न्यूज़लेटर, sahmati, anumati, सहमत, न्यूजलेटर सदस्यता",
    "status": "स्थिति, sthiti, दर्जा",
    "owner": """
    मालिक, प्रभारी, जिम्मेदार, विक्रेता, एजेंट, prabhari, malik, सौंपा गया, बिक्री प्रतिनिधि,
    jimmedar, lead malik, लीड मालिक""",
    "other_person": """
    द्वारा बनाया गया, द्वारा संदर्भित, पिता का नाम, माता का नाम, pita ka naam, mata ka naam, पति
    का नाम, सिफारिश, pati ka naam, पिता पति का नाम""",
    "id": """
    क्रमांक, क्र सं, क्रम संख्या, आईडी, संख्या, kramank, पंजीकरण संख्या, क्र स, क्रम, आधार, आधार
    नंबर, ग्राहक आईडी, kram sankhya, रजिस्ट्रेशन नंबर, पंजीकरण क्रमांक, क्र, क्रं, ग्राहक
    संख्या, आधार संख्या, पैन, जीएसटी""",
    "time": """
    दिनांक, तारीख, तिथि, समय, dinank, tareekh, tarikh, पंजीकरण तिथि, पंजीकरण दिनांक, निर्माण
    तिथि, samay, tithi, पंजीकरण की तारीख, पंजीकरण समय, बनाने की तारीख, panjikaran tithi, अंतिम
    गतिविधि, अंतिम संपर्क""",
    "event": "कार्यक्रम, उपस्थिति, टिकट, karyakram, उपस्थित, मेला, सत्र, राशि, upasthiti, शुल्क",
    "account_data": """
    भाषा, रुचि, उत्पाद, आयु, उम्र, शिक्षा, bhasha, ruchi, umra, aayu, umar, utpad, shiksha,
    योग्यता, आय, राष्ट्रीयता, श्रेणी, प्रकार, जाति, धर्म, अनुभव, बजट""",
}
NEUTRAL = """
    कृपया अपना अपनी आपका आपकी का की के दर्ज करें ग्राहक संपर्क ka ki ke apna apni aapka aapki
    kripya darj kare grahak व्यक्ति प्रतिभागी लिखें है क्या kya hai wala wali wale vala vali
    वाला वाली वाले ji जी sahit sath saath saath सहित साथ kaun kaunsa kis kaunsi kitna kitni कौन
    किस कितना hain हैं"""
WORK = "कार्यालय व्यावसायिक karyalay ऑफिस"
HOME = "निजी घर niji ghar व्यक्तिगत"
COMPANY = "कंपनी कम्पनी संस्था"
MAILING = "डाक स्थायी"
BILLING = "बिलिंग"
OTHER = "दूसरा अन्य वैकल्पिक dusra anya vaikalpik द्वितीय"
FOREIGN = """
    पिता माता पति मालिक प्रभारी pita mata pati एजेंट pitaji mataji patni पत्नी भाई बहन bhai
    behen beta beti बेटा बेटी अभिभावक abhibhavak rishtedar रिश्तेदार"""
THING = "कार्यक्रम टिकट उत्पाद जन्म"
DEAD: Mapping[str, str] = {
    "time": "दिनांक तारीख तिथि समय अंतिम tarikh dinank",
    "id": "क्रमांक आईडी संख्या",
    "status": "स्थिति",
}
