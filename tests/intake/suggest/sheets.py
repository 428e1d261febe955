"""Sheets of people and of small programs, each with the right answer for each column: a field, or - to leave it out.

Cells are parted by bars. The first line names the columns, the second has the answers; more than
one answer is right where a slash stands between them. split is a full name.
"""

SHEETS = {
    "names de": """\
Name, Vorname|Dienststelle|E-Mail-Adresse (dienstl.)|Tel. dienstl.|Tel. privat|Mobilnr.|Str. + Nr.|PLZ, Ort|Bundesland|Geburtstag|Eintrittsdatum|Abteilung/Referat
split|-/Company|EmailAddress|Phone|-/Mobile|Mobile|mx_Street1|-|mx_State|mx_DOB|-|-
Meier, Hans|Stadtwerke Köln|h.meier@sw.de|0221 123456|0221 654321|0171 1234567|Ringstr. 5|50667 Köln|NRW|13.01.1970|01.01.2000|IT
Schulz, Ute|Stadtwerke Bonn|u.schulz@sw.de|0228 123456|0228 654321|0171 1234568|Am Wall 7|53111 Bonn|NRW|24.02.1980|01.02.2010|HR""",
    "names fr2": """\
NOM|PRENOM|SOCIETE|FONCTION|TEL|PORT.|MAIL|VILLE|CODE POSTAL|DEPT|SOURCE DU CONTACT|A RAPPELER LE|OPT-IN
LastName|FirstName|Company|JobTitle|Phone|Mobile|EmailAddress|mx_City|mx_Zip|-|Source|-|-
DURAND|PIERRE|DURAND SA|PDG|0142000011|0612000011|PIERRE@DURAND.FR|PARIS|75011|75|Salon|13/05/2026|OUI
MOREL|LISE|MOREL SARL|DAF|0478000022|0698000022|LISE@MOREL.FR|LYON|69002|69|Web|14/05/2026|NON""",
    "es corto": """\
Contacto|Empresa/Institución|Email corporativo|Tfno. móvil|Localidad|Prov.|CP|Sector|Interesado en|Captado por|Fecha captación|Nota
split|Company|EmailAddress|Mobile|mx_City|mx_State|mx_Zip|-|-|-|-|Notes
Luis Hernández|Sol SL|luis@sol.es|600 12 34 56|Getafe|Madrid|28901|Energía|Placas|Ana|01/02/2026|llamar
Rosa Díaz|Luna SL|rosa@luna.es|611 22 33 44|Elche|Alicante|03201|Moda|Baterías|Ana|13/02/2026|""",
    "pt corto": """\
Contato|Empresa|Fone|E-mail comercial|Município/UF|Segmento|Qtde. funcionários|Responsável pelo atendimento|Obs.|Situação|Bairro|Nº|Logradouro
split|Company|Phone|EmailAddress|-/mx_City|-|-|-|Notes|-|-/mx_Street2|-/mx_Street1|mx_Street1
João Silva|Sol Ltda|(11) 3123-4567|joao@sol.com.br|Santos/SP|Energia|50|Carla|retornar|Ativo|Centro|100|Rua A
Maria Souza|Mar SA|(21) 2123-4567|maria@mar.com.br|Niterói/RJ|Pesca|10|Carla||Inativo|Icaraí|5|Rua B""",
    "snake": """\
contact_first_name|contact_last_name|contact_email|contact_phone|company_name|company_website|company_phone|job_title|address_line_1|address_line_2|address_city|address_state|address_postal_code|address_country|lead_source|lead_status|lead_score|created_at|updated_at|owner_email|email_opt_out|twitter_handle|facebook_url|linkedin_url|date_of_birth|annual_revenue|employee_count|notes|utm_content|timezone|is_active|external_id
FirstName|LastName|EmailAddress|Phone|Company|Website|-|JobTitle|mx_Street1|mx_Street2|mx_City|mx_State|mx_Zip|mx_Country|Source|-|-|-|-|-|DoNotEmail|mx_TwitterURL|mx_FaceBookURL|-|mx_DOB|Revenue|-|Notes|SourceContent|TimeZone|-|-
Al|Day|al@pump.com|+13035550101|Pump Co|https://pump.com|+13035550100|Buyer|1 A St|Suite 2|Aurora|CO|80014|US|Web|new|55|2026-01-01T10:00:00Z|2026-01-02T10:00:00Z|jo@us.com|false|@alday|https://facebook.com/al|https://linkedin.com/in/al|1980-02-03|1500000|50|met at fair|ad1|America/Denver|true|x-1
Bo|Kim|bo@valve.com|+13035550103|Valve Co|https://valve.com|+13035550102|CEO|2 B St||Denver|CO|80015|US|Referral|open|66|2026-01-01T11:00:00Z|2026-01-02T11:00:00Z|jo@us.com|true|@bokim|https://facebook.com/bo|https://linkedin.com/in/bo|1981-04-25|2500000|70|calls back|ad2|America/Denver|true|x-2""",
    "camel": """\
FirstName|LastName|EmailAddress|MobileNumber|CompanyName|JobTitle|StreetAddress|City|StateCode|PostalCode|CountryName|WebsiteURL|BirthDate|AnnualRevenue|LeadSource|CreatedDate|ContactID|OptOut|PrimaryPhone|FaxNumber
FirstName|LastName|EmailAddress|Mobile|Company|JobTitle|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|Website|mx_DOB|Revenue|Source|-|-|DoNotEmail|Phone|Fax
Al|Day|al@pump.com|+13035550102|Pump Co|Buyer|1 A St|Aurora|CO|80014|United States|pump.com|02/23/1980|1500000|Web|2026-01-01|C1|N|+13035550101|+13035550109
Bo|Kim|bo@valve.com|+13035550104|Valve Co|CEO|2 B St|Denver|CO|80015|United States|valve.com|04/25/1981|2500000|Referral|2026-01-02|C2|Y|+13035550103|""",
    "lsq export": """\
ProspectID|ProspectAutoId|FirstName|LastName|EmailAddress|Phone|Mobile|Company|JobTitle|Source|SourceMedium|SourceCampaign|ProspectStage|OwnerId|Score|EngagementScore|mx_City|mx_Street1|DoNotEmail|CreatedOn|Notes
-|-|FirstName|LastName|EmailAddress|Phone|Mobile|Company|JobTitle|Source|SourceMedium|SourceCampaign|ProspectStage/-|-|-/Score|-/EngagementScore|mx_City|mx_Street1|DoNotEmail|-|Notes
8f0b5b0e-1111-4a4a-9a9a-000000000001|12|Al|Day|al@pump.com|+91-9845012345|+91-9845012346|Pump Co|Buyer|Web|Email|Spring|Prospect|8f0b5b0e-1111-4a4a-9a9a-00000000000a|10|5|Pune|1 MG Road|0|2026-01-01 10:00:00|met
8f0b5b0e-1111-4a4a-9a9a-000000000002|13|Bo|Kim|bo@valve.com|+91-9845012347|+91-9845012348|Valve Co|CEO|Direct|Web|Spring|Customer|8f0b5b0e-1111-4a4a-9a9a-00000000000a|20|7|Nashik|2 MG Road|1|2026-01-02 10:00:00|""",
    "odd en": """\
Surname|Christian Name|Organisation|Role|Contact Tel|Mob Tel|E-mail addr|Addr1|Addr2|Addr3|Town|County|P/code|Web|Opted out of emails?|Happy to be called?|Born|Wedding Anniversary|Heard via|Spoke to|Stand visited
LastName|FirstName|Company|JobTitle|Phone|Mobile|EmailAddress|mx_Street1|mx_Street2|-/mx_Street2/mx_Street1|mx_City|mx_State|mx_Zip|Website|DoNotEmail|-|mx_DOB|mx_Anniversary|-/Source|-|-
Lee|Ann|Lee Ltd|Director|0113 496 0101|07700 900111|ann@lee.co.uk|1 High St|Flat 2|Headingley|Leeds|West Yorkshire|LS1 1AA|lee.co.uk|No|Yes|13/02/1980|14/06/2005|Radio|Sam|B1
Fox|Tom|Fox Ltd|Owner|01904 496 0102|07700 900112|tom@fox.co.uk|2 Low St|||York|North Yorkshire|YO1 7AA|fox.co.uk|Yes|No|23/02/1985|15/07/2010|Friend|Sam|B2""",
    "webinar on24": """\
First Name|Last Name|Email|Company|Job Function|Job Level|Job Title|Work Phone|Address|City|State|Zip|Country|Registered|Last Activity|Live Viewing Time (min)|Engagement Index|Polls Answered|Asked Question|Source Code (Partnerref)|Would you like a call from our team?|Which products are you interested in?|Company Industry|Comments
FirstName|LastName|EmailAddress|Company|-|-|JobTitle|Phone|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|-|-|-|-|-|-|-|-|-|-|Notes
Al|Day|al@pump.com|Pump Co|Ops|Mgr|Buyer|+1 303 555 0101|1 A St|Aurora|CO|80014|USA|2026-01-01|2026-01-05|55|7.2|3|1|li|Yes|Pumps|Mfg|great
Bo|Kim|bo@valve.com|Valve Co|Mgmt|C|CEO|+1 303 555 0103|2 B St|Denver|CO|80015|USA|2026-01-02|2026-01-05|45|6.1|2|0|em|No|Valves|Mfg|""",
    "single mobile": """\
Student Name|Father's Name|Mobile No.|Alternate No.|Mail Id|Course|City|Percentage|DOB|Gender|Category|School Name|Counsellor|Lead Date|Address
split|-|Mobile/Phone|-/Phone|EmailAddress|-|mx_City|-|mx_DOB|-|-|-|-|-|mx_Street1
Rahul Sharma|Mohan Sharma|9812345678|9812345600|rahul@x.in|BCA|Jaipur|82|15-08-2005|M|OBC|DPS|Anita|01-05-2026|12 MG Road
Seema Gupta|Ramesh Gupta|9823456789||seema@x.in|BBA|Bhopal|75|23-01-2006|F|Gen|KV|Anita|02-05-2026|5 Nehru Nagar""",
    "investors": """\
Investor|Fund|E-mail 1|E-mail 2|Direct line|Switchboard|HQ Address|HQ City|HQ Country|Sector focus|Cheque size|Last met|Relationship owner|Comments
-/split|-/Company|EmailAddress|-|Phone|-|mx_Street1/-|mx_City/-|mx_Country/-|-|-|-|-|Notes
Ann Lee|Lee Capital|ann@lee.vc|al@gmail.com|+44 20 7946 0101|+44 20 7946 0100|1 High St|London|UK|Fintech|1-5M|2026-01-02|Sam|keen
Tom Fox|Fox Ventures|tom@fox.vc||+44 20 7946 0102|+44 20 7946 0200|2 Low St|Paris|France|Health|5-10M|2026-02-03|Sam|""",
    "de4": """\
Nachname|Vorname(n)|Geschlecht|Firma/Institution|Firmen-Telefon|Tel. (mobil)|Kontakt-E-Mail|Straße, Hausnummer|PLZ|Wohnort|Website der Firma|USt-ID|Geburtsjahr|Berufsbezeichnung/Position|Kundenbetreuer (intern)|Letzte Bestellung|Newsletter abonniert?|Anzahl Mitarbeiter ca.|Jahresumsatz (Mio. €)|Messegespräch Notizen|Lead-Quelle
LastName|FirstName|-|Company|-|Mobile|EmailAddress|mx_Street1|mx_Zip|mx_City|Website|-|-|JobTitle|-|-|-|-|Revenue/-|Notes|Source
Wolf|Jana|w|Wolf AG|+49 89 100|+49 171 123456|jana@wolf.de|Seestr. 1|80331|München|www.wolf.de|DE123|1980|Teamleiterin|Huber|01.03.2026|ja|50|12,5|will Angebot|Messe
Beck|Udo|m|Beck GmbH|+49 89 200|+49 172 123456|udo@beck.de|Hauptplatz 2|70173|Stuttgart|www.beck.de|DE124|1975|Geschäftsführer|Huber|15.03.2026|nein|20|3,2||Web""",
    "fr4": """\
Identité|Entreprise / Organisme|Poste occupé|Courriel pro|Fixe pro|Portable pro|N° SIREN|Adresse de l'entreprise|CP Ville|Pays|Source d'acquisition|Nb de salariés|CA annuel (k€)|Besoin exprimé|Rappel prévu le|Refus de prospection par mail|Civilité|Date naissance|Réseau social (LinkedIn)
split/-|Company|JobTitle|EmailAddress|Phone|Mobile|-|mx_Street1/-|-|mx_Country|Source|-|Revenue/-|-/Notes|-|DoNotEmail|-|mx_DOB|-
Pierre Durand|Durand SA|PDG|pierre@durand.fr|01 42 00 00 11|06 12 00 00 11|123456789|3 rue Haute, Paris|75011 Paris|France|Salon|12|1200|un devis|13/05/2026|non|M.|23/11/1969|https://linkedin.com/in/pd
Lise Morel|Morel SARL|DAF|lise@morel.fr|04 78 00 00 22|06 98 00 00 22|987654321|8 quai Bas, Lyon|69002 Lyon|France|Web|30|800|un audit|14/05/2026|oui|Mme|30/12/1975|https://linkedin.com/in/lm""",
    "es4": """\
Primer nombre|Primer apellido|Segundo apellido|D.N.I.|Correo-e|Núm. teléfono|Núm. móvil|Empresa actual|Puesto actual|Calle y nº|Cód. Postal|Municipio|Provincia|Género|Fecha nac.|Página web empresa|Nivel de estudios|Acepta recibir publicidad|No desea llamadas|Comentario del comercial|Ejecutivo asignado
FirstName|LastName|LastName/-|-|EmailAddress|Phone|Mobile|Company|JobTitle|mx_Street1|mx_Zip|mx_City|mx_State|-|mx_DOB|Website|-|-|DoNotCall|Notes|-
María|García|López|12345678Z|maria@sur.es|954 12 34 56|600 11 22 33|Sur SL|Gerente|C/ Mayor 3|41001|Sevilla|Sevilla|F|23/04/1980|www.sur.es|Grado|Sí|No|interesada|Luis
José|Pérez|Ruiz|87654321X|jose@norte.es|944 65 43 21|611 22 33 44|Norte SA|Jefe de compras|Gran Vía 8|48001|Bilbao|Vizcaya|M|13/11/1975|www.norte.es|FP|No|Sí||Luis""",
    "pt4": """\
Primeiro nome|Último nome|Telefone 1|Telefone 2|E-mail principal|E-mail secundário|Empresa/Instituição|Cargo/Função|Ramo de atividade|Endereço completo|Cidade|Estado (UF)|CEP|País|Data nasc.|Nome da mãe|Instagram|Como soube do evento?|Deseja receber nossa newsletter?|Não ligar|Vendedor responsável|Faturamento anual
FirstName|LastName|Phone|Mobile/-|EmailAddress|-|Company|JobTitle|-|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|mx_DOB|-|-|-|-|DoNotCall|-|Revenue
João|Silva|(11) 3123-4567|(11) 91234-5678|joao@sol.com.br|j@gmail.com|Sol Ltda|Gerente|Energia|Rua A, 100|São Paulo|SP|01310-100|Brasil|25/12/1985|Ana Silva|@joao|Amigo|Sim|Não|Carla|1.200.000,00
Maria|Souza|(21) 2123-4567|(21) 99876-5432|maria@mar.com.br|m@gmail.com|Mar SA|Analista|Pesca|Rua B, 5|Niterói|RJ|20040-002|Brasil|13/04/1990|Lia Souza|@maria|Google|Não|Sim|Carla|950.000,50""",
    "hi4": """\
क्र. सं.|प्रथम नाम|उपनाम|पिता का नाम|मोबाइल न.|ईमेल (यदि हो)|संस्थान का नाम|पदनाम|कार्यालय का पता|ज़िला|शहर/गाँव|राज्य|पिन|जन्म की तारीख|लिंग|रुचि|दिनांक|विशेष टिप्पणी
-|FirstName|LastName|-|Mobile/Phone|EmailAddress|Company|JobTitle|mx_Street1|-|mx_City|mx_State|mx_Zip|mx_DOB|-|-|-|Notes
1|राहुल|शर्मा|मोहन शर्मा|9812345678|rahul@example.in|शर्मा संस्थान|प्रबंधक|12 एम जी रोड|जयपुर|जयपुर|राजस्थान|302001|15/08/1985|पुरुष|पंप|05/01/2026|कल
2|सीमा|गुप्ता|रमेश गुप्ता|9823456789|seema@example.in|गुप्ता उद्योग|निदेशक|5 नेहरू नगर|भोपाल|भोपाल|मध्य प्रदेश|462001|23/01/1990|महिला|वाल्व|15/01/2026|ठीक""",
    "en4": """\
Given name(s)|Surname/Last Name|E-mail (work)|Tel (work)|Ext|Cell #|Company/Org.|Position/Title|Street & No.|City|State/UT|Zip/Postcode|Country/Territory|DOB (dd-mm-yyyy)|Website/URL|Backup email|Best time to contact|Day Phone|Lead Source Detail|Marketing Opt-Out|Please don't call me|Additional remarks|Date of visit|Sales territory|Hear about us|Who invited you?
FirstName|LastName|EmailAddress|Phone|-|Mobile|Company|JobTitle|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|mx_DOB|Website|-|-|-|-|DoNotEmail|DoNotCall|Notes|-|-|-/Source|-
Al|Day|al@pump.com|+1 303 555 0101|12|+1 303 555 0102|Pump Co|Buyer|1 A St|Aurora|CO|80014|United States|23-02-1980|pump.com|al@gmail.com|morning|+1 303 555 0199|Booth 5|No|No|nice|2026-01-05|West|Radio|Bo
Bo|Kim|bo@valve.com|+1 303 555 0103|14|+1 303 555 0104|Valve Co|CEO|2 B St|Denver|CO|80015|United States|25-04-1981|valve.com|bo@gmail.com|evening|+1 303 555 0188|Booth 6|Yes|Yes|tall|2026-01-06|West|Friend|Al""",
    "swapcard": """\
Swapcard ID|First name|Last name|Job Title|Organization|Email|Mobile phone|Landline phone|Twitter url|Facebook url|LinkedIn url|Biography|Connected at|Connected by|Rating|Notes|Tags|Country|Website url|Address - Street|Address - City|Address - Zip code|Address - State|Groups
-|FirstName|LastName|JobTitle|Company|EmailAddress|Mobile|Phone|mx_TwitterURL|mx_FaceBookURL|-|-|-|-|-|Notes|-|mx_Country|Website|mx_Street1|mx_City|mx_Zip|mx_State|-
UHJv1|Al|Day|Buyer|Pump Co|al@pump.com|+13035550102|+13035550101|https://twitter.com/al|https://facebook.com/al|https://linkedin.com/in/al|Twenty years in pumps and valves, loves dogs|2026-01-05 10:00|Jo|3|met|hot|US|https://pump.com|1 A St|Aurora|80014|CO|Visitors
UHJv2|Bo|Kim|CEO|Valve Co|bo@valve.com|+13035550104|+13035550103|https://twitter.com/bo|https://facebook.com/bo|https://linkedin.com/in/bo|Founder of Valve Co and a keen rower in summer|2026-01-06 10:00|Jo|4|tall|warm|US|https://valve.com|2 B St|Denver|80015|CO|Visitors""",
    "fb de": """\
id|created_time|campaign_name|form_name|platform|vollständiger_name|e-mail-adresse|telefonnummer|firmenname|postleitzahl|stadt|wie_viele_mitarbeiter_haben_sie?|jobbezeichnung|lead_status
-|-|SourceCampaign|-|-|split|EmailAddress|Phone|Company|mx_Zip|mx_City|-|JobTitle|-
l:1|2026-05-01T10:00:00+02:00|Frühjahr|F1|fb|Jana Wolf|jana@wolf.de|p:+49171123456|Wolf AG|z:80331|München|10-50|Teamleiterin|CREATED
l:2|2026-05-02T10:00:00+02:00|Frühjahr|F1|ig|Udo Beck|udo@beck.de|p:+49172123456|Beck GmbH|z:70173|Stuttgart|1-10|Inhaber|CREATED""",
    "freshsales": """\
ID|Name|First name|Last name|Job title|Work email|Other emails|Work|Mobile|Accounts|Sales owner|Subscription status|Lifecycle stage|Status|Score|Customer fit|Source|Campaign|Medium|Keyword|Time zone|Address|City|State|Zipcode|Country|Facebook|Twitter|LinkedIn|Territory|Last contacted mode|Created at|Do not disturb
-|-|FirstName|LastName|JobTitle|EmailAddress|-|Phone|Mobile|Company|-|-|-|-|-|-|Source|SourceCampaign|SourceMedium|-|TimeZone|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|mx_FaceBookURL|mx_TwitterURL|-|-|-|-|-/DoNotCall
4001|Al Day|Al|Day|Buyer|al@pump.com||+13035550101|+13035550102|Pump Co|Jo|Subscribed|Lead|New|45|Good|Web|Spring|cpc||America/Denver|1 A St|Aurora|CO|80014|United States|https://facebook.com/al|https://twitter.com/al|https://linkedin.com/in/al|West|Email|2026-01-05|No
4002|Bo Kim|Bo|Kim|CEO|bo@valve.com||+13035550103|+13035550104|Valve Co|Jo|Unsubscribed|Customer|Won|55|Poor|Referral|Spring|email||America/Denver|2 B St|Denver|CO|80015|United States|https://facebook.com/bo|https://twitter.com/bo|https://linkedin.com/in/bo|West|Call|2026-01-06|Yes""",
    "job fair": """\
Candidate|Candidate Email|Candidate Mobile|Current Employer|Current Designation|Total Experience|Current CTC|Notice Period|Current Location|Preferred Location|Highest Qualification|Resume Link|Source of Candidate|Recruiter|Interview Date|Skills
split|EmailAddress|Mobile/Phone|Company|JobTitle|-|-|-|mx_City|-|-|-|Source/-|-|-|-
Rahul Sharma|rahul@x.in|9812345678|Infosys Ltd|Engineer|5 years|12|30|Pune|Delhi|BTech|https://x.in/cv/1|Naukri|Anita|01-05-2026|Java, SQL
Seema Gupta|seema@x.in|9823456789|TCS Ltd|Analyst|3 years|8|60|Mumbai|Pune|MCA|https://x.in/cv/2|LinkedIn|Anita|02-05-2026|Python""",
    "real estate": """\
Enquiry No|Client Name|Contact No|Alt Contact No|Email-id|Budget (Lakhs)|Property Type|Preferred Locality|Residence Area|City|Occupation|Source of Enquiry|Sub Source|Site Visit Date|Closing Manager|Sourcing Manager|Client Remarks|Birthday|Anniversary Date|Channel Partner Name|CP Mobile
-|split|Phone|Mobile/-|EmailAddress|-|-|-|-/mx_Street2/mx_Street1|mx_City|JobTitle|Source|-|-|-|-|Notes|mx_DOB|mx_Anniversary|-|-
E1|Rahul Sharma|9812345678|9812345600|rahul@x.in|80|2BHK|Baner|Kothrud|Pune|Service|Hoarding|MG Road|01-05-2026|Anil|Sunil|wants parking|15-08-1985|22-11-2010|ABC Realty|9811111111
E2|Seema Gupta|9823456789||seema@x.in|120|3BHK|Aundh|Wakad|Pune|Business|Website|Google|13-05-2026|Anil|Sunil||23-01-1990||XYZ Homes|9822222222""",
    "university": """\
Application No.|Student's First Name|Student's Last Name|Student Email|Student Phone|Parent Name|Parent Phone|Parent Email|Date of Birth|Gender|Nationality|Permanent Address|Correspondence City|Correspondence State|PIN/ZIP|Program Applied|Intake|10th %|Application Status|Counsellor Assigned|Lead Origin|UTM Source
-|FirstName|LastName|EmailAddress|Phone|-|-|-|mx_DOB|-|-|mx_Street1|mx_City|mx_State|mx_Zip|-|-|-|-|-|Source/-|Source/-
A1|Rahul|Sharma|rahul@x.in|9812345678|Mohan Sharma|9811111111|mohan@x.in|15-08-2005|M|Indian|12 MG Road|Jaipur|Rajasthan|302001|BBA|2026|88|Submitted|Anita|Publisher|google
A2|Seema|Gupta|seema@x.in|9823456789|Ramesh Gupta|9822222222|ramesh@x.in|23-01-2006|F|Indian|5 Nehru Nagar|Bhopal|Madhya Pradesh|462001|BCA|2026|79|Draft|Anita|Website|facebook""",
    "hubspot webinar": """\
Registrant|Registrant email|Company Name (Registrant)|Title (Registrant)|Registered on|Attended live|Attendance duration (min)|Poll 1: Which tool do you use?|Do you want a follow-up call?|Registrant country|Registrant phone|Marketing source|Engagement score
split|EmailAddress|Company|JobTitle|-|-|-|-|-|mx_Country|Phone|Source|EngagementScore/-
Al Day|al@pump.com|Pump Co|Buyer|2026-01-05|Yes|45|Excel|Yes|USA|+13035550101|Email|55
Bo Kim|bo@valve.com|Valve Co|CEO|2026-01-06|No|0|CRM|No|USA|+13035550103|LinkedIn|20""",
    "insurance": """\
Policy No|Insured Name|Mobile1|Mobile2|Email1|Email2|Address1|Address2|Address3|City|Pin Code|State|DOB|Product|Premium|Renewal Date|Agent Code|Agent Name|Nominee Name|PAN|DND Status
-|split|Mobile|-/Phone|EmailAddress|-|mx_Street1|mx_Street2|-/mx_Street2|mx_City|mx_Zip|mx_State|mx_DOB|-|-|-|-|-|-|-|DoNotCall/-
P1|RAHUL SHARMA|9812345678|9812345600|rahul@x.in|r2@x.in|12 MG Road|Near Bank|Civil Lines|Jaipur|302001|Rajasthan|15/08/1985|Term|12000|01/09/2026|A1|Anil|Seema Sharma|ABCDE1234F|N
P2|SEEMA GUPTA|9823456789||seema@x.in||5 Nehru Nagar|||Bhopal|462001|MP|23/01/1990|Health|9000|15/10/2026|A1|Anil|Rahul Gupta|FGHIJ5678K|Y""",
    "ch list": """\
Anrede/Titel|Vor- und Nachname|Firma (falls vorhanden)|Strasse/Nr.|PLZ/Ort|Kanton|Tel. G|Tel. P|Natel|E-Mail G|Mitglied seit|Sprache|Bemerkungen intern
-|split|Company|mx_Street1|-|mx_State|Phone|-/Mobile|Mobile|EmailAddress|-|-|Notes
Herr|Urs Keller|Keller AG|Seeweg 1|8001 Zürich|ZH|044 123 45 67|044 765 43 21|079 123 45 67|urs@keller.ch|2019|de|ok
Frau|Lea Vogt|Vogt AG|Rheingasse 2|4058 Basel|BS|061 123 45 67|061 765 43 21|078 123 45 67|lea@vogt.ch|2020|fr|""",
    "marketo": """\
Id|First Name|Last Name|Email Address|Phone Number|Mobile Phone Number|Company Name|Job Title|Billing City|Address|City|State|Postal Code|Country|Lead Source|Original Source Type|Lead Score|Unsubscribed|Unsubscribed Reason|Email Invalid|Black Listed|Do Not Call|Do Not Call Reason|Acquisition Program|Website|Annual Revenue|Num Employees|Created At|Inferred Company|Inferred Country|Person Notes|Date of Birth|Fax Number|Marketing Suspended
-|FirstName|LastName|EmailAddress|Phone|Mobile|Company|JobTitle|-|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|Source|-|-|DoNotEmail|-|-|-|DoNotCall|-|-|Website|Revenue|-|-|-|-|Notes|mx_DOB|Fax|-
1|Al|Day|al@pump.com|+13035550101|+13035550102|Pump Co|Buyer|Aurora|1 A St|Aurora|CO|80014|US|Web|Web form|40|0|none|0|0|0||WP-2026|pump.com|1500000|50|2026-01-05 10:00|Pump Co|US|tall|1980-02-23|+13035550109|0
2|Bo|Kim|bo@valve.com|+13035550103|+13035550104|Valve Co|CEO|Denver|2 B St|Denver|CO|80015|US|Referral|List import|60|1|too many|1|0|1|asked|WP-2026|valve.com|2500000|70|2026-01-06 10:00|Valve Co|US|short|1981-04-25||0""",
}
