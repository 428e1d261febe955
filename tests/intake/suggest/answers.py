"""Lists of many kinds, each with the right answer for each column: a field, or - to leave it out.

Cells are parted by bars. The first line names the columns, the second has the answers; more than
one answer is right where a slash stands between them. split is a full name.
"""

LISTS = {
    "salesforce leads": """\
Lead ID|Salutation|First Name|Last Name|Title|Company / Account|Email|Phone|Mobile|Street|City|State/Province|Zip/Postal Code|Country|Lead Status|Lead Source|Rating|Lead Owner|Created Date|Last Activity|Email Opt Out|Annual Revenue|No. of Employees|Industry|Unread By Owner|Description
-|-|FirstName|LastName|JobTitle|Company|EmailAddress|Phone|Mobile|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|-|Source|-|-|-|-|DoNotEmail|Revenue|-|-|-|Notes/-
00Q5g00000A1b2C|Mr.|Amit|Shah|VP Sales|Bluewave Ltd|amit@bluewave.in|+91 98200 12345|+91 98200 54321|12 MG Road|Mumbai|Maharashtra|400001|India|Open - Not Contacted|Web|Hot|Jane Doe|03/14/2026|04/02/2026|0|1,200,000|120|Manufacturing|1|Wants a demo
00Q5g00000A1b2D|Ms.|Rita|Klein|CTO|Klein AG|rita@klein.de|+49 30 1234567||Hauptstr. 5|Berlin|Berlin|10115|Germany|Working - Contacted|Phone Inquiry|Warm|Jane Doe|03/28/2026|04/03/2026|1|900,000|80|Retail|0|
00Q5g00000A1b2E|Mrs.|Joan|Black|Buyer|Black Inc.|joan@black.com|+1 212 555 0101|+1 917 555 0199|5 Elm St|New York|NY|10001|USA|Closed - Converted|Partner Referral|Cold|Tom Poe|04/01/2026|04/05/2026|0||15|Media|0|Budget in Q3""",
    "hubspot contacts": """\
Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Lead Status|Marketing contact status|Create Date|Associated Company|Company name|Job Title|City|State/Region|Postal Code|Country/Region|Website URL|Lifecycle Stage|Original Source|Unsubscribed from all email|Last Activity Date|Time Zone|Number of Employees|HubSpot Score|IP Country
-|FirstName|LastName|EmailAddress|Phone|-|-|-|-|-|Company|JobTitle|mx_City|mx_State|mx_Zip|mx_Country|Website|-|-|DoNotEmail|-|TimeZone/-|-|-|-
101|Ana|Souza|ana@lumen.com.br|+55 11 91234-5678|Sam Lee|New|Marketing contact|2026-03-01 10:15|Lumen (55)|Lumen Energia|Diretora|São Paulo|SP|01310-100|Brazil|www.lumen.com.br|lead|ORGANIC_SEARCH|false|2026-03-05|America/Sao_Paulo|50|12|brazil
102|Bob|Stone|bob@stone.io|+1 415 555 0102|Sam Lee|Open|Non-marketing contact|2026-03-02 11:20|Stone (56)|Stone Labs|Engineer|San Francisco|CA|94105|United States|stone.io|subscriber|DIRECT_TRAFFIC|true|2026-03-06|America/Los_Angeles|10|7|united states
103|Chi|Wu|chi@wu.sg|+65 8123 4567|Kim Ray|In progress|Marketing contact|2026-03-03 12:25||Wu Pte Ltd|CEO|Singapore|Singapore|018956|Singapore|wu.sg|opportunity|PAID_SOCIAL|false|2026-03-07|Asia/Singapore|5|40|singapore""",
    "zoho": """\
Record Id|Lead Owner.id|Lead Owner|Company|First Name|Last Name|Designation|Email|Phone|Fax|Mobile|Website|Lead Source|Lead Status|Industry|No of Employees|Annual Revenue|Rating|Created By|Modified By|Created Time|Modified Time|Street|City|State|Zip Code|Country|Description|Skype ID|Email Opt Out|Salutation|Secondary Email|Twitter|Tag
-|-|-|Company|FirstName|LastName|JobTitle|EmailAddress|Phone|Fax|Mobile|Website|Source|-|-|-|Revenue|-|-|-|-|-|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|Notes/-|-|DoNotEmail|-|-|mx_TwitterURL|-
zcrm_4150868000000224001|zcrm_415|Priya|Acme|Ravi|Iyer|Manager|ravi@acme.in|044 2811 2233|044 2811 2234|9840012345|http://acme.in|Cold Call|Attempted to Contact|Real Estate|40|5000000|-None-|Priya|Priya|2026-01-02 10:00:00|2026-01-03 10:00:00|4 Anna Salai|Chennai|Tamil Nadu|600002|India|Call back|raviiyer|false|Mr.|ravi@home.in|raviiyer|expo
zcrm_4150868000000224002|zcrm_415|Priya|Zenith|Leela|Menon|Director|leela@zenith.in|0484 400 1201||9847012345|http://zenith.in|Advertisement|Lost Lead|Banking|200|75000000|Active|Priya|Priya|2026-01-05 10:00:00|2026-01-06 10:00:00|9 MG Road|Kochi|Kerala|682011|India||leelam|true|Ms.||leelam|""",
    "pipedrive": """\
Person - Name|Person - Email - Work|Person - Email - Home|Person - Phone - Work|Person - Phone - Mobile|Organization - Name|Organization - Address|Person - Owner|Person - ID|Person - Label|Person - Open deals|Deal - Title|Person - Job title
split|EmailAddress|-|Phone|Mobile|Company|mx_Street1/-|-|-|-|-|-|JobTitle
Nina Holt|nina@holt.no|nina@gmail.com|+47 22 33 44 55|+47 99 88 77 66|Holt AS|Storgata 1, Oslo|Ben Ek|11|Hot lead|2|Holt deal|CFO
Per Dahl|per@dahl.no||+47 22 33 44 56||Dahl AS|Kirkegata 2, Bergen|Ben Ek|12|Customer|0|Dahl deal|Engineer""",
    "zoom attendees": """\
Attended|User Name (Original Name)|First Name|Last Name|Email|Registration Time|Approval Status|Join Time|Leave Time|Time in Session (minutes)|Is Guest|Country/Region Name|Organization|Job Title|Questions & Comments|What is your biggest challenge with data quality?
-|-|FirstName|LastName|EmailAddress|-|-|-|-|-|-|mx_Country|Company|JobTitle|Notes/-|-
Yes|Max Muster|Max|Muster|max@muster.de|Nov 3, 2026 10:12:01|approved|Nov 5, 2026 15:01:00|Nov 5, 2026 16:00:00|59|No|Germany|Muster GmbH|Leiter IT|Will it be recorded?|Duplicates
No|Eva Roth|Eva|Roth|eva@roth.at|Nov 4, 2026 09:00:00|approved|--|--|--|--|Austria|Roth KG|Geschäftsführerin||Time""",
    "gotowebinar": """\
Attended|Interest Rating|Last Name|First Name|Email Address|Registration Date / Time|Join Time - Leave Time|Time in Session|Unsubscribed|Registration Status|City|Zip/Postal Code|Organization|Job Title|Phone
-|-|LastName|FirstName|EmailAddress|-|-|-|DoNotEmail|-|mx_City|mx_Zip|Company|JobTitle|Phone
Yes|89|Hart|Lou|lou@hart.com|Oct 01, 2026 11:05 AM EDT|Oct 8 11:00 - 12:00|1 hour|No|Approved|Boston|02108|Hart Co|Manager|617-555-0123
No|0|West|Kim|kim@west.com|Oct 02, 2026 12:05 PM EDT|--|--|Yes|Approved|Austin|73301|West LLC|Director|512-555-0188""",
    "eventbrite": """\
Order #|Order Date|First Name|Last Name|Email|Quantity|Ticket Type|Attendee #|Attendee Status|Buyer Email|Job Title|Company|Cell Phone|Home City|Home Country|Gender|Website|Event Name|Total Paid
-|-|FirstName|LastName|EmailAddress|-|-|-|-|-|JobTitle|Company|Mobile|mx_City|mx_Country|-|Website|-|-
98123|2026-05-01|Iris|Moss|iris@moss.co.uk|1|Standard|223311|Attending|office@moss.co.uk|Designer|Moss Ltd|+44 7700 900123|Leeds|GB|Female|moss.co.uk|Design Day|20.00
98124|2026-05-02|Hal|Reed|hal@reed.co.uk|1|VIP|223312|Checked In|hal@reed.co.uk|Owner|Reed & Co|+44 7700 900124|York|GB|Male||Design Day|50.00""",
    "facebook lead ads": """\
id|created_time|ad_id|ad_name|adset_id|adset_name|campaign_id|campaign_name|form_id|form_name|is_organic|platform|full_name|email|phone_number|city|what_is_your_budget?|date_of_birth
-|-|-|-|-|-|-|SourceCampaign|-|-|-|-|split|EmailAddress|Phone|mx_City|-|mx_DOB
l:1234567890|2026-05-01T10:00:00+05:30|ag:998877|Ad 1|as:112233|Set 1|c:445566|Summer 2026|f:7788|Form A|false|fb|Neha Gupta|neha@gmail.com|p:+919812345678|Pune|under_50k|05/23/1990
l:1234567891|2026-05-01T11:00:00+05:30|ag:998877|Ad 1|as:112233|Set 1|c:445566|Summer 2026|f:7788|Form A|false|ig|Arun Rao|arun@gmail.com|p:+919812345679|Nashik|above_50k|11/30/1985""",
    "linkedin lead form": """\
Lead ID|Submitted At|Campaign Name|Form Name|First Name|Last Name|Work Email|Company Name|Job Title|Company Size|Seniority|LinkedIn Profile|Country/Region|I agree to be contacted
-|-|SourceCampaign|-|FirstName|LastName|EmailAddress|Company|JobTitle|-|-|-|mx_Country|-
abc-1|2026-06-01|ABM DACH|Whitepaper|Uwe|Lang|uwe@lang.de|Lang GmbH|Einkaufsleiter|51-200|Manager|https://www.linkedin.com/in/uwe|Germany|Yes
abc-2|2026-06-02|ABM DACH|Whitepaper|Ina|Kurz|ina@kurz.ch|Kurz AG|CFO|11-50|CXO|https://www.linkedin.com/in/ina|Switzerland|No""",
    "badge scanner": """\
Scan ID|Badge ID|Scanned By|Scan Time|Device Name|Name|Company|Desig.|Mob. No.|E-mail ID|City|Remarks|Follow Up|Hot/Warm/Cold
-|-|-|-|-|split|Company|JobTitle|Mobile/Phone|EmailAddress|mx_City|Notes|-|-
S-001|B100|Asha|10:15|Zebra 1|Ramesh Kumar|Kumar Traders|Proprietor|9812345670|ramesh@kumar.in|Delhi|wants price list|Call|Hot
S-002|B101|Asha|10:45|Zebra 1|Sita Devi|Devi Textiles|Manager|9812345671|sita@devi.in|Surat||Mail|Warm""",
    "german hand-made": """\
Lfd. Nr.|Anrede|Titel|Vorname|Name|Firma|Abteilung|Funktion|Straße|Hausnr.|PLZ|Ort|Land|Tel.|Handy|E-Mail|Web|Geb.-Datum|Umsatz in TEUR|Newsletter|Betreuer|Bemerkung
-|-|-|FirstName|LastName|Company|-|JobTitle|mx_Street1|mx_Street1/-|mx_Zip|mx_City|mx_Country|Phone|Mobile|EmailAddress|Website|mx_DOB|Revenue/-|-|-|Notes
1|Herr|Dr.|Jürgen|Groß|Groß GmbH|Einkauf|Leiter Einkauf|Ringstraße|5|01067|Dresden|DE|0351 123456|0171 1234567|j.gross@gross.de|www.gross.de|24.12.1970|1.250|ja|Müller|Rückruf
2|Frau||Käthe|Öztürk|Öz AG|IT|CIO|Am Wall|7a|28195|Bremen|DE|0421 987654||k@oez.de||01.02.1980|980|nein|Müller|""",
    "german old system": """\
KdNr|FIRMA1|Ansprechpartner|Strasse|Plz|Stadt|Telefon1|Mobiltelefon|Fax|EMail|Homepage|Branche|Letzter Kontakt|Umsatz 2025
-|Company|split|mx_Street1|mx_Zip|mx_City|Phone|Mobile|Fax|EmailAddress|Website|-|-|Revenue
4711|Bau Meier KG|Hans Meier|Torweg 1|50667|Köln|0221/55667|0160-5556677|0221/55668|h@meier.de|meier.de|Bau|12.01.2026|250.000,00
4712|Elektro Schulz e.K.|Ute Schulz|Seeweg 2|20095|Hamburg|040/44556|||u@schulz.de|schulz.de|Elektro|13.01.2026|90.500,50""",
    "french": """\
Civilité|Nom|Prénom|Société|Fonction|Adresse|Complément d'adresse|CP|Ville|Pays|Tél. fixe|Portable|Courriel|Site web|Chiffre d'affaires|Effectif|Date de naissance|Commercial|Statut|Commentaires|Désinscrit
-|LastName|FirstName|Company|JobTitle|mx_Street1|mx_Street2|mx_Zip|mx_City|mx_Country|Phone|Mobile|EmailAddress|Website|Revenue|-|mx_DOB|-|-|Notes|DoNotEmail
Mme|DUPONT|Claire|Dupont SARL|Gérante|3 rue de la Paix|Bât. B|75002|Paris|France|01 42 00 00 01|06 12 34 56 78|claire@dupont.fr|www.dupont.fr|120 000,50|12|13/05/1975|Luc|Client|à rappeler|non
M.|MARTIN|Paul|Martin SA|Directeur|8 av. Foch||69006|Lyon|France|04 78 00 00 02|06 98 76 54 32|paul@martin.fr|www.martin.fr|80 000|5|30/11/1968|Luc|Prospect||oui""",
    "french webinar": """\
Nom complet|Adresse e-mail professionnelle|Numéro de téléphone|Nom de l'entreprise|Intitulé du poste|Date d'inscription|Présent|Avez-vous des questions ?|Consentement RGPD
split|EmailAddress|Phone|Company|JobTitle|-|-|Notes/-|-
Julie Petit|julie@petit.fr|+33 6 11 22 33 44|Petit & Cie|Responsable marketing|02/10/2026 10:00|Oui|Prix ?|Oui
Marc Blanc|marc@blanc.fr|+33 6 11 22 33 55|Blanc SAS|DSI|13/10/2026 11:00|Non||Non""",
    "spanish": """\
Nombre|Apellidos|Empresa|Cargo|Correo electrónico|Teléfono|Móvil|Dirección|Población|Provincia|C.P.|País|NIF|Fecha de nacimiento|Comercial asignado|Estado|Observaciones|Origen
FirstName|LastName|Company|JobTitle|EmailAddress|Phone|Mobile|mx_Street1|mx_City|mx_State|mx_Zip|mx_Country|-|mx_DOB|-|-|Notes|Source/-
María|García López|Aceites del Sur S.L.|Gerente|maria@aceites.es|954 12 34 56|600 11 22 33|C/ Mayor 3|Sevilla|Sevilla|41001|España|B12345678|23/04/1980|Luis|Activo|llamar|Feria
José|Pérez Ruiz|Norte S.A.|Jefe de compras|jose@norte.es|944 65 43 21|611 22 33 44|Gran Vía 8|Bilbao|Vizcaya|48001|España|A87654321|02/11/1975|Luis|Inactivo||Web""",
    "spanish mexico": """\
Nombre completo|Compañía|Puesto|Correo|Celular|Ciudad|Estado|Código Postal|Folio|Fecha de registro|¿Cómo te enteraste del evento?
split|Company|JobTitle|EmailAddress|Mobile/Phone|mx_City|mx_State|mx_Zip|-|-|-
Luis Hernández|Grupo Sol SA de CV|Director|luis@sol.mx|55 1234 5678|Puebla|Puebla|72000|A-1|01/02/2026|Redes sociales
Rosa Díaz|Luna SA|Gerente|rosa@luna.mx|33 8765 4321|Zapopan|Jalisco|45010|A-2|03/02/2026|Amigo""",
    "portuguese": """\
Nome|Sobrenome|E-mail|Celular (com DDD)|Empresa|Cargo|Cidade|UF|CEP|Endereço|CPF|Data de nascimento|Origem do lead|Vendedor|Observações|Data de cadastro
FirstName|LastName|EmailAddress|Mobile/Phone|Company|JobTitle|mx_City|mx_State|mx_Zip|mx_Street1|-|mx_DOB|Source|-|Notes|-
João|Silva|joao@sol.com.br|(11) 91234-5678|Sol Ltda|Gerente|São Paulo|SP|01310-100|Av. Paulista 1000|123.456.789-09|25/12/1985|Site|Carla|retornar|02/01/2026
Maria|Souza|maria@mar.com.br|(21) 99876-5432|Mar SA|Analista|Rio de Janeiro|RJ|20040-002|Rua do Ouvidor 5|987.654.321-00|03/04/1990|Indicação|Carla||05/01/2026""",
    "portuguese portugal": """\
Nome completo|Telemóvel|Correio eletrónico|Morada|Código postal|Localidade|Distrito|Empresa|Função|NIF
split|Mobile/Phone|EmailAddress|mx_Street1|mx_Zip|mx_City|mx_State|Company|JobTitle|-
Rui Costa|+351 912 345 678|rui@costa.pt|Rua Augusta 1|1100-053|Lisboa|Lisboa|Costa Lda|Gerente|123456789
Inês Alves|+351 913 345 678|ines@alves.pt|Rua Nova 2|4000-001|Porto|Porto|Alves SA|Técnica|234567890""",
    "hindi": """\
क्रमांक|नाम|मोबाइल नंबर|ईमेल|शहर|राज्य|पिन कोड|कंपनी का नाम|पद|जन्म तिथि|टिप्पणी|पता
-|split|Mobile/Phone|EmailAddress|mx_City|mx_State|mx_Zip|Company|JobTitle|mx_DOB|Notes|mx_Street1
1|राहुल शर्मा|9812345678|rahul@example.in|जयपुर|राजस्थान|302001|शर्मा ट्रेडर्स|प्रबंधक|15/08/1985|कल कॉल करें|12 एम जी रोड
2|सीमा गुप्ता|9823456789|seema@example.in|भोपाल|मध्य प्रदेश|462001|गुप्ता उद्योग|निदेशक|23/01/1990||5 नेहरू नगर""",
    "hindi transliterated": """\
Naam|Mobile Nambar|Email Pata|Shahar|Rajya|Pin Code|Sanstha|Padnaam|Janm Tithi
split|Mobile/Phone|EmailAddress|mx_City|mx_State|mx_Zip|Company|JobTitle|mx_DOB
Vikas Singh|98111 22233|vikas@site.in|Lucknow|Uttar Pradesh|226001|Singh Motors|Manager|01-01-1979
Pooja Jain|98111 22244|pooja@site.in|Indore|Madhya Pradesh|452001|Jain Foods|Owner|31-12-1988""",
    "indian sheet": """\
Sl. No.|Fname|L. Name|Co.|Desig.|Ph. No.|Mob.|Alt. Mob.|E-Mail Id|Off. Address|Resi. Address|Dist.|State|Pin|DOB|Anniv.|Ref. By|GSTIN
-|FirstName|LastName|Company|JobTitle|Phone|Mobile|-/Phone|EmailAddress|mx_Street1|-/mx_Street2|-|mx_State|mx_Zip|mx_DOB|mx_Anniversary|-|-
1|Anil|Patil|Patil Agro|Prop.|020-24455667|9822011223|9822011224|anil@patil.in|Shop 4, Market Yard|Flat 2, Kothrud|Pune|MH|411037|12/05/1972|25/11/1998|Suresh|27AAAPL1234C1ZV
2|Sunil|Joshi|Joshi Steel|GM|020-24455668|9822011225||sunil@joshi.in|Plot 7, MIDC|Flat 9, Aundh|Pune|MH|411019|30/07/1968|02/02/1995|Anil|27AAAPL1234C1ZX""",
    "companies as names": """\
Name|Contact|Email|Phone|City|Type
Company|split|EmailAddress|Phone|mx_City|-
Blue Steel Pvt Ltd|Rohit Jain|rohit@bluesteel.in|+91 98111 00011|Raipur|OEM
Green Foods LLP|Tara Sen|tara@greenfoods.in|+91 98111 00022|Kolkata|Dealer
Zeta Industries|Om Puri|om@zeta.in|+91 98111 00033|Nagpur|OEM""",
    "apollo": """\
First Name|Last Name|Title|Company|Company Name for Emails|Email|Email Status|Seniority|Departments|Contact Owner|Work Direct Phone|Home Phone|Mobile Phone|Corporate Phone|Other Phone|Stage|Lists|Last Contacted|# Employees|Industry|Keywords|Person Linkedin Url|Website|Company Linkedin Url|Facebook Url|Twitter Url|City|State|Country|Company Address|Company City|Company State|Company Country|Company Phone|SEO Description|Annual Revenue|Subsidiary of|Email Sent|Apollo Contact Id
FirstName|LastName|JobTitle|Company|-|EmailAddress|-|-|-|-|Phone|-|Mobile|-|-|-|-|-|-|-|-|-|Website|-|mx_FaceBookURL|mx_TwitterURL|mx_City|mx_State|mx_Country|mx_Street1/-|-|-|-|-|-|Revenue|-|-|-
Al|Roe|Head of IT|Roe Systems|Roe|al@roe.com|Verified|Head|IT|me@us.com|+1 303 555 0111|+1 303 555 0999|+1 720 555 0112|+1 303 555 0100||Cold|List A|2026-01-02|250|software|saas, crm|http://www.linkedin.com/in/alroe|http://www.roe.com|http://www.linkedin.com/company/roe|https://www.facebook.com/roe|https://twitter.com/roe|Denver|Colorado|United States|1 Main St, Denver|Denver|Colorado|United States|+1 303 555 0100|We make software|12000000||false|5f1
Bo|Lin|CFO|Lin Group|Lin|bo@lin.com|Unavailable|C suite|Finance|me@us.com|+1 303 555 0122||+1 720 555 0113|+1 303 555 0200||Cold|List A|2026-01-03|90|retail|shops|http://www.linkedin.com/in/bolin|http://www.lin.com|http://www.linkedin.com/company/lin|https://www.facebook.com/lin|https://twitter.com/lin|Boulder|Colorado|United States|2 Oak St, Boulder|Boulder|Colorado|United States|+1 303 555 0200|Shops|8000000||false|5f2""",
    "web form": """\
Timestamp|Your name|What is your e-mail address?|Which company do you work for?|Phone number (with country code)|In which country are you based?|How did you hear about us?|Message|utm_source|utm_medium|utm_campaign|utm_term|IP address|Referrer|Newsletter
-|split|EmailAddress|Company|Phone|mx_Country|-/Source|Notes|Source/-|SourceMedium|SourceCampaign|-|SourceIPAddress/-|SourceReferrer|-
2026-05-01 10:00|Ola Berg|ola@berg.se|Berg AB|+46 70 123 45 67|Sweden|A friend|Please call|google|cpc|spring|crm|81.2.69.142|https://www.google.com/|yes
2026-05-02 11:00|Eli Strand|eli@strand.no|Strand AS|+47 91 23 45 67|Norway|Google|Price?|linkedin|social|spring|crm|81.2.69.143|https://www.linkedin.com/|no""",
    "traps": """\
Country Code|Number|Status|Date|Source|State|Position|Company Phone|Email Status|Event City|Assistant Name|Manager Email|First Contact|Email|Surname
-|-|-|-|-|-|-|-|-|-|-|-|-|EmailAddress|LastName
+91|1|Active|2026-01-01|scanner-7|Active|1|+91 22 4000 0000|valid|Pune|Sam Roy|boss@x.in|2026-01-02|a@x.in|Rao
+91|2|Inactive|2026-01-02|scanner-7|New|2|+91 22 4000 0001|bounced|Pune|Tim Das|boss@y.in|2026-01-03|b@y.in|Das
+49|3|Active|2026-01-03|scanner-9|Closed|3|+91 22 4000 0002|valid|Pune|Uma Sen|boss@z.in|2026-01-04|c@z.in|Sen""",
    "misspelt": """\
Frist Name|Last Nmae|Emial|Compnay|Desigantion|Phoen|Adress|Contry
FirstName|LastName|EmailAddress|Company|JobTitle|Phone|mx_Street1|mx_Country
Asha|Rao|asha@rao.in|Rao Ltd|Manager|+91 98450 12345|1 MG Road|India
Ravi|Nair|ravi@nair.in|Nair Ltd|Owner|+91 98450 12346|2 MG Road|India""",
    "bilingual": """\
Vorname / First name|Nachname / Last name|Firma / Company|Ort / City|Land / Country|E-Mail / Email|Telefon / Phone|Position / Job title
FirstName|LastName|Company|mx_City|mx_Country|EmailAddress|Phone|JobTitle
Lea|Vogt|Vogt AG|Basel|Schweiz|lea@vogt.ch|+41 61 123 45 67|Einkauf
Urs|Keller|Keller AG|Bern|Schweiz|urs@keller.ch|+41 31 123 45 67|CEO""",
    "unnamed": """\
Column1|Column2|Column3|Column4|Column5
split|EmailAddress|Phone|-/Company|-
Asha Rao|asha@rao.in|+91 98450 12345|Rao Industries|7
Ravi Nair|ravi@nair.in|+91 98450 12346|Nair Foods|9
Meera Das|meera@das.in|+91 98450 12347|Das Textiles|2""",
    "two e-mails and phones": """\
Contact Name|Email|Work Email|Phone 1|Phone 2|Address Line 1|Address Line 2|Town|County|Post Code|Do not call|SMS opt-out|Consent
split|-|EmailAddress|Phone|Mobile|mx_Street1|mx_Street2|mx_City|mx_State|mx_Zip|DoNotCall|DoNotSMS|-
Ann Lee|ann@gmail.com|ann@lee.co.uk|+44 20 7946 0101|+44 7700 900111|1 High St|Flat 2|Leeds|West Yorkshire|LS1 1AA|no|no|yes
Tom Fox|tom@gmail.com|tom@fox.co.uk|+44 20 7946 0102|+44 7700 900112|2 Low St||York|North Yorkshire|YO1 7AA|yes|no|yes""",
}
