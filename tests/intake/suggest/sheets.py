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
}
