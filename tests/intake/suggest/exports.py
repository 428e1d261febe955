"""What programs export, each with the right answer for each column: a field, or - to leave it out.

Cells are parted by bars. The first line names the columns, the second has the answers; more than
one answer is right where a slash stands between them. split is a full name.
"""

EXPORTS = {
    "salesforce report": """\
Contact ID|Full Name|Mailing Street|Mailing City|Mailing State/Province (text only)|Mailing Zip/Postal Code|Mailing Country|Business Phone|Account Name|Birthdate|Department|Do Not Call|Email Opt Out|Fax Opt Out|Reports To: Full Name|Contact Owner: Full Name|Owner Role|Last Modified By|Assistant's Phone|Other Phone|Email|Account Owner|Billing City|Mobile
-|split|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|Phone|Company|mx_DOB|-|DoNotCall|DoNotEmail|-|-|-|-|-|-|-|EmailAddress|-|-|Mobile
003aa|Ann Lee|1 High St|Leeds|West Yorkshire|LS1 1AA|United Kingdom|+44 113 496 0101|Lee Ltd|13/02/1980|Sales|0|1|0|Bo Lee|Sam|Rep|Sam|+44 113 496 0999|+44 113 496 0777|ann@lee.co.uk|Sam|Leeds|+44 7700 900111
003ab|Tom Fox|2 Low St|York|North Yorkshire|YO1 7AA|United Kingdom|+44 113 496 0102|Fox Ltd|23/02/1985|IT|1|0|0|Bo Lee|Sam|Rep|Sam|||tom@fox.co.uk|Sam|York|+44 7700 900112""",
    "dynamics": """\
(Do Not Modify) Lead|(Do Not Modify) Row Checksum|Topic|Status Reason|Created On|Company Name|First Name|Last Name|Job Title|Business Phone|Mobile Phone|E-mail|Street 1|Street 2|ZIP/Postal Code|City|State/Province|Country/Region|Website|Industry|Annual Revenue|No. of Employees|Do not allow Emails|Do not allow Phone Calls|Preferred Method of Contact|Source Campaign|Owner
-|-|-|-|-|Company|FirstName|LastName|JobTitle|Phone|Mobile|EmailAddress|mx_Street1|mx_Street2|mx_Zip|mx_City|mx_State|mx_Country|Website|-|Revenue|-|DoNotEmail|DoNotCall|-|SourceCampaign|-
8f0b5b0e-1111-4a4a-9a9a-000000000001|abc==|Interested in pump|New|2026-01-05 10:00|Pump Co|Al|Day|Buyer|+1 303 555 0101|+1 303 555 0102|al@pump.com|1 A St|Suite 2|80014|Aurora|CO|USA|pump.com|Mfg|1500000|50|Do Not Allow|Allow|Any|Spring|Jo
8f0b5b0e-1111-4a4a-9a9a-000000000002|abd==|Interested in valve|Contacted|2026-01-06 10:00|Valve Co|Bo|Kim|CEO|+1 303 555 0103|+1 303 555 0104|bo@valve.com|2 B St||80015|Denver|CO|USA|valve.com|Mfg|2500000|70|Allow|Allow|Any|Spring|Jo""",
    "mailchimp": """\
Email Address|First Name|Last Name|Address|Phone Number|Birthday|MEMBER_RATING|OPTIN_TIME|OPTIN_IP|CONFIRM_TIME|CONFIRM_IP|LATITUDE|LONGITUDE|GMTOFF|DSTOFF|TIMEZONE|CC|REGION|LAST_CHANGED|LEID|EUID|NOTES|TAGS
EmailAddress|FirstName|LastName|mx_Street1|Phone|mx_DOB/-|-|-|-|-|-|Latitude|Longitude|-|-|TimeZone|-/mx_Country|-/mx_State|-|-|-|Notes|-
a@b.com|Al|Day|1 A St Denver CO 80014 US|+1 303 555 0101|05/12|2|2026-01-01 10:00:00|81.2.69.1|2026-01-01 10:01:00|81.2.69.1|39.7392|-104.9903|-7|-6|America/Denver|US|CO|2026-02-01 10:00:00|1234|ab12cd|met at fair|"vip"
c@d.com|Bo|Kim|2 B St Austin TX 73301 US|+1 512 555 0101|11/23|4|2026-01-02 10:00:00|81.2.69.2|2026-01-02 10:01:00|81.2.69.2|30.2672|-97.7431|-6|-5|America/Chicago|US|TX|2026-02-02 10:00:00|1235|ab12ce|calls back|""",
    "google contacts": """\
Given Name|Family Name|Organization 1 - Name|Organization 1 - Title|E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value|Address 1 - Street|Address 1 - City|Address 1 - Postal Code|Address 1 - Country|Website 1 - Value|Birthday|Notes|Group Membership|E-mail 2 - Value
FirstName|LastName|Company|JobTitle|EmailAddress|-|Phone|mx_Street1|mx_City|mx_Zip|mx_Country|Website|mx_DOB|Notes|-|-
Al|Day|Pump Co|Buyer|al@pump.com|Work|+1 303 555 0101|1 A St|Aurora|80014|US|http://pump.com|1980-02-03|met|* myContacts|al@gmail.com
Bo|Kim|Valve Co|CEO|bo@valve.com|Mobile|+1 303 555 0103|2 B St|Denver|80015|US|http://valve.com|1981-04-05||* myContacts|""",
    "outlook": """\
Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street|Business City|Business State|Business Postal Code|Business Country/Region|Home Street|Home City|Business Fax|Business Phone|Home Phone|Mobile Phone|E-mail Address|E-mail Type|Anniversary|Birthday|Web Page|Spouse|Notes
-|FirstName|-|LastName|-|Company|-|JobTitle|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|-/mx_Street2|-|Fax|Phone|-|Mobile|EmailAddress|-|mx_Anniversary|mx_DOB|Website|-|Notes
Mr.|Al|J|Day|Jr.|Pump Co|Purchasing|Buyer|1 A St|Aurora|CO|80014|United States|9 Home Rd|Aurora|+1 303 555 0109|+1 303 555 0101|+1 303 555 0199|+1 303 555 0102|al@pump.com|SMTP|2001-06-14|1970-01-15|www.pump.com|Di|x y
Ms.|Bo||Kim||Valve Co|Mgmt|CEO|2 B St|Denver|CO|80015|United States|8 Home Rd|Denver||+1 303 555 0103||+1 303 555 0104|bo@valve.com|SMTP|2005-08-20|1972-03-25|www.valve.com||a b""",
    "shopify": """\
Customer ID|First Name|Last Name|Email|Accepts Email Marketing|Default Address Company|Default Address Address1|Default Address Address2|Default Address City|Default Address Province Code|Default Address Country Code|Default Address Zip|Default Address Phone|Phone|Accepts SMS Marketing|Total Spent|Total Orders|Note|Tax Exempt|Tags
-|FirstName|LastName|EmailAddress|-|Company|mx_Street1|mx_Street2|mx_City|mx_State|mx_Country/-|mx_Zip|-/Mobile|Phone|-|-|-|Notes|-|-
'6512345|Al|Day|al@pump.com|yes|Pump Co|1 A St|Apt 4|Aurora|CO|US|80014|+1 303 555 0101|+13035550101|no|120.50|3|likes blue|no|vip
'6512346|Bo|Kim|bo@valve.com|no|Valve Co|2 B St||Denver|CO|US|80015|+1 303 555 0103|+13035550103|no|80.00|1|slow payer|no|""",
    "typeform": """\
#|What's your first name?|And your last name?|What's your work email?|What company are you with?|How many employees does your company have?|What's your role?|What's your phone number?|Anything else we should know?|Start Date (UTC)|Submit Date (UTC)|Network ID
-|FirstName|LastName|EmailAddress|Company|-|JobTitle|Phone|-/Notes|-|-|-
xk29d8fj2|Al|Day|al@pump.com|Pump Co|11-50|Head of Sales|+13035550101|No|2026-01-01 10:00:00|2026-01-01 10:02:00|a1b2c3
xk29d8fj3|Bo|Kim|bo@valve.com|Valve Co|1-10|Founder|+13035550103|Love it|2026-01-02 10:00:00|2026-01-02 10:02:00|a1b2c4""",
    "indiamart": """\
Enquiry Time|Query Type|Sender Name|Sender Mobile|Sender Email|Sender Company|Sender Address|Sender City|Sender State|Sender Pincode|Sender Country ISO|Product Name|Enquiry Message|Call Duration|Sender Mobile Alt
-|-|split|Mobile/Phone|EmailAddress|Company|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country/-|-|Notes|-|-/Phone
2026-01-05 10:00:00|W|Ramesh Kumar|+91-9812345670|ramesh@kumar.in|Kumar Traders|12, Gandhi Road|Delhi|Delhi|110001|IN|Pump|Need 5 pumps|0|
2026-01-06 10:00:00|B|Sita Devi|+91-9812345671|sita@devi.in|Devi Textiles|9, MG Road|Surat|Gujarat|395001|IN|Valve|Price please|0|+91-9812345672""",
    "luma": """\
api_id|name|first_name|last_name|email|phone_number|created_at|approval_status|checked_in_at|custom_source|qr_code_url|amount|ticket_name|What company do you work for?|What is your LinkedIn profile?|What's your job title?
-|-|FirstName|LastName|EmailAddress|Phone|-|-|-|-|-|-|-|Company|-|JobTitle
gst-1a|Al Day|Al|Day|al@pump.com|+13035550101|2026-01-01T10:00:00Z|approved|2026-01-05T10:00:00Z||https://lu.ma/check-in/x|$0.00|Standard|Pump Co|https://linkedin.com/in/al|Head of Sales
gst-1b|Bo Kim|Bo|Kim|bo@valve.com|+13035550103|2026-01-02T10:00:00Z|approved|||https://lu.ma/check-in/y|$0.00|Standard|Valve Co|https://linkedin.com/in/bo|Founder""",
    "german event": """\
Buchungsnr.|Teilnehmer Vorname|Teilnehmer Nachname|Teilnehmer E-Mail|Unternehmen / Organisation|Position / Funktion|Telefon (geschäftlich)|Telefon (mobil)|Anschrift (Straße, Nr.)|Postleitzahl|Stadt / Ort|Land (ISO)|Ticketkategorie|Eingecheckt|Buchungsdatum|Rechnungsempfänger|Wie sind Sie auf uns aufmerksam geworden?|Datenschutz akzeptiert|Keine Werbung per E-Mail|Mitarbeiterzahl|Zuständiger Vertriebler
-|FirstName|LastName|EmailAddress|Company|JobTitle|Phone|Mobile|mx_Street1|mx_Zip|mx_City|mx_Country|-|-|-|-|-|-|DoNotEmail|-|-
B-100|Jana|Wolf|jana@wolf.de|Wolf AG|Teamleiterin|+49 89 123456|+49 171 123456|Seestr. 1|80331|München|DE|VIP|ja|01.03.2026|Wolf AG|Messe|ja|nein|50-99|Huber
B-101|Udo|Beck|udo@beck.at|Beck GmbH|Geschäftsführer|+43 1 123456|+43 664 123456|Hauptplatz 2|1010|Wien|AT|Standard|nein|15.03.2026|Beck GmbH|Google|ja|ja|10-49|Huber""",
    "french crm": """\
Réf. client|Raison sociale|Contact principal|Qualité|E-mail du contact|Tél. bureau|Tél. mobile|N° et rue|Bâtiment|Code Postal|Commune|Région|Pays (code)|Secteur d'activité|SIRET|Date de création|Dernier échange|Chargé d'affaires|Newsletter|Ne pas appeler|Note interne|Page Facebook|Anniversaire
-|Company|split|JobTitle/-|EmailAddress|Phone|Mobile|mx_Street1|mx_Street2|mx_Zip|mx_City|mx_State/-|mx_Country|-|-|-|-|-|-|DoNotCall|Notes|mx_FaceBookURL|mx_DOB
C001|Boulangerie Durand|Pierre Durand|Gérant|pierre@durand.fr|01 42 00 00 11|06 12 00 00 11|3 rue Haute|Bât. A|75011|Paris|Île-de-France|FR|Alimentation|12345678900011|01/02/2020|03/04/2026|Luc|oui|non|fidèle|https://www.facebook.com/durand|23/11/1969
C002|Garage Morel|Lise Morel|Directrice|lise@morel.fr|04 78 00 00 22|06 98 00 00 22|8 quai Bas||69002|Lyon|Auvergne-Rhône-Alpes|FR|Auto|98765432100022|15/06/2021|13/04/2026|Luc|non|oui|||30/12/1975""",
    "spanish form": """\
Marca temporal|Nombre y apellidos|Dirección de correo electrónico|Número de celular|Empresa donde trabaja|Cargo que ocupa|País de residencia|Ciudad de residencia|¿Cuántos empleados tiene su empresa?|¿Desea recibir información?|Perfil de LinkedIn|Comentarios o dudas|Sitio web de su empresa
-|split|EmailAddress|Mobile/Phone|Company|JobTitle|mx_Country|mx_City|-|-|-|Notes|Website
2026/01/05 10:00:00|Luis Hernández|luis@sol.co|+57 300 123 4567|Grupo Sol|Director|Colombia|Bogotá|11-50|Sí|https://linkedin.com/in/luis|ninguno|www.sol.co
2026/01/06 10:00:00|Rosa Díaz|rosa@luna.pe|+51 987 654 321|Luna SAC|Gerente|Perú|Lima|1-10|No|https://linkedin.com/in/rosa|gracias|www.luna.pe""",
    "portuguese rd": """\
Email|Nome|Telefone|Celular|Empresa|Cargo|Estado|Cidade|Estágio no funil|Total de conversões|Data da primeira conversão|Origem da primeira conversão|Tags|Lead Scoring - Perfil|URL pública|Dono do Lead|Twitter|Facebook|LinkedIn|Bio|Data de aniversário|Website
EmailAddress|split|Phone|Mobile|Company|JobTitle|mx_State|mx_City|-|-|-|-/Source|-|-|-|-|mx_TwitterURL|mx_FaceBookURL|-|-|mx_DOB|Website
joao@sol.com.br|João Silva|(11) 3123-4567|(11) 91234-5678|Sol Ltda|Gerente|SP|São Paulo|Lead|3|2026-01-05|Busca Orgânica|evento|a|http://app.rd/1|carla@x.com|https://twitter.com/js|https://facebook.com/js|https://linkedin.com/in/js||25/12/1985|sol.com.br
maria@mar.com.br|Maria Souza|(21) 2123-4567|(21) 99876-5432|Mar SA|Analista|RJ|Rio de Janeiro|Cliente|1|2026-01-06|Social|evento|b|http://app.rd/2|carla@x.com|https://twitter.com/ms|https://facebook.com/ms|https://linkedin.com/in/ms||13/04/1990|mar.com.br""",
    "cvent": """\
Confirmation Number|Registrant First Name|Registrant Last Name|Registrant Email Address|Registrant Company Name|Registrant Title|Work Phone|Work Address 1|Work Address 2|Work City|Work State/Province|Work ZIP/Postal Code|Work Country|Registration Type|Invitee Status|Original Response Date|Dietary Restrictions|Emergency Contact Name|Emergency Contact Phone|T-Shirt Size|CC Email Address
-|FirstName|LastName|EmailAddress|Company|JobTitle|Phone|mx_Street1|mx_Street2|mx_City|mx_State|mx_Zip|mx_Country|-|-|-|-|-|-|-|-
ABC123|Al|Day|al@pump.com|Pump Co|Buyer|+1 303 555 0101|1 A St|Suite 2|Aurora|CO|80014|USA|Attendee|Accepted|2026-01-05|Vegan|Di Day|+1 303 555 0999|L|x@pump.com
ABC124|Bo|Kim|bo@valve.com|Valve Co|CEO|+1 303 555 0103|2 B St||Denver|CO|80015|USA|Speaker|Accepted|2026-01-06|||||""",
    "freehand": """\
Sr.No|Name of the Company|Person Name|Designation/Role|Contact Nos.|Email IDs|Complete Address|City / Town|Web-site|Turnover (Cr)|Remarks, if any|Next Follow-up|Visited on|Status (Y/N)
-|Company|split|JobTitle|Phone|EmailAddress|mx_Street1|mx_City|Website|Revenue/-|Notes|-|-|-
1|Patil Agro|Anil Patil|Prop.|98220 11223|anil@patil.in|Shop 4, Market Yard, Pune|Pune|www.patil.in|12|send quote|12/05/2026|01/05/2026|Y
2|Joshi Steel|Sunil Joshi|GM|98220 11225|sunil@joshi.in|Plot 7, MIDC, Pune|Pune|www.joshi.in|40||30/05/2026|13/05/2026|N""",
    "hindi form": """\
समय|आपका पूरा नाम|आपका मोबाइल नंबर|ई-मेल आईडी|संगठन / कंपनी|पदनाम|जिला|राज्य|देश|पिनकोड|व्हाट्सएप नंबर|लिंग|उम्र|सुझाव या प्रश्न
-|split|Mobile/Phone|EmailAddress|Company|JobTitle|-|mx_State|mx_Country|mx_Zip|-/Mobile/Phone|-|-|Notes/-
05/01/2026 10:00|राहुल शर्मा|9812345678|rahul@example.in|शर्मा ट्रेडर्स|प्रबंधक|जयपुर|राजस्थान|भारत|302001|9812345678|पुरुष|40|कोई नहीं
15/01/2026 11:00|सीमा गुप्ता|9823456789|seema@example.in|गुप्ता उद्योग|निदेशक|भोपाल|मध्य प्रदेश|भारत|462001|9823456789|महिला|36|अच्छा""",
    "scanner2": """\
Exhibitor Booth|Scan Date/Time|Attendee Badge #|Prefix|Given|Family|Affiliation|Job Function|Addr Line 1|Municipality|Province/State|Postal|Nation|Tel #|Cellular|Email Addr.|Lead Rating (1-5)|Rep Comments|Demo Requested|Product Interest|Purchase Role
-|-|-|-|FirstName|LastName|Company|-/JobTitle|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|Phone|Mobile|EmailAddress|-|Notes|-|-|-
B12|2026-05-01 10:00|77881|Mr.|Al|Day|Pump Co|Purchasing|1 A St|Aurora|CO|80014|USA|+1 303 555 0101|+1 303 555 0102|al@pump.com|4|wants demo|Yes|Pumps|Decision maker
B12|2026-05-01 10:10|77882|Ms.|Bo|Kim|Valve Co|Management|2 B St|Denver|CO|80015|USA|+1 303 555 0103|+1 303 555 0104|bo@valve.com|2||No|Valves|Influencer""",
}
