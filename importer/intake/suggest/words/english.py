"""English, as in CRMs, event tools and hand-made sheets, with India's abbreviations."""

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "first_name": """
    first name, given, fname, f name, first, given name, given names, forename, forenames,
    christian name, name first, first names, frst name, 1st name, prospect first name""",
    "last_name": """
    last name, family, lname, l name, last, surname, sur name, family name, name last, last
    names, lst name, second name, lastname or surname""",
    "middle_name": "middle name, middle initial, mname, m name, mi, middle",
    "full_name": """
    candidate, applicant, applicant name, student, insured, insured name, policy holder, policy
    holder name, investor, investor name, subscriber, employee name, full name, complete name,
    contact name, lead name, person name, contact person, contact person name, attendee name,
    participant name, registrant name, name of contact, name and surname, first and last name,
    first last, first name last name, user name original name, name original name, attendee,
    participant, registrant, person, delegate name, delegate, visitor name, visitor, guest name,
    guest, prospect name, student name, candidate name, poc, point of contact, spoc, key
    contact, badge name, contact full name, attendee full name, name of participant, name of
    attendee, name of the person, your name, fullname, respondent, respondent name, subscriber
    name, member name, invitee, invitee name, speaker name visitor, primary contact, main
    contact, person to contact, contact persons""",
    "name": """
    name, names, party, party name, customer, customer name, client name, client, lead,
    prospect""",
    "contact": "contact, contact details, contact info, contact information",
    "email": """
    email, emails, email address, mail, mail id, email id, mail address, email addr, emailid,
    email ids, email 1, user email, email adress, e mail, mailid, email addresses, email add,
    mail ids, emailaddress, emailadd, attendee email, email address 1""",
    "phone": """
    work phone number, phone work, phone, phone number, ph no, ph, phone no, tel, telephone,
    telephone number, tel no, contact number, contact no, contact num, landline, landline
    number, direct dial, direct line, phone numbers, phone 1, telephone 1, phn, phn no, phone
    num, ph number, tel number, telno, phones, contact nos, direct phone, phone nr, tel nr,
    phone number 1, cont no, ph num, contact phone, call number, dial in number, telephone no,
    std phone""",
    "mobile": """
    mobile, mobile number, mobile no, mob, mob no, cell, cell phone, cellphone, cell number,
    cellular, mobile phone, mobile phone number, cell no, mobile num, mob number, mobile nr,
    mobile numbers, handphone, hand phone, mbl, mobile tel, mobile telephone, m no, gsm, mobile
    1, phone mobile, mobiles, mobil, hp no""",
    "whatsapp": "whatsapp, whatsapp number, whatsapp no, whats app, whats app number, wa number",
    "fax": "fax, fax number, fax no, facsimile, telefax",
    "company": """
    company, company name, organization, organisation, organization name, organisation name,
    org, org name, employer, employer name, business, business name, firm, firm name, account
    name, co, co name, comp, comp name, company organization, co org, company or organization,
    institution, institution name, name of company, name of organization, name of organisation,
    name of the company, name of the organization, workplace, place of work, company account,
    account, current company, company business name, where do you work, cmpny, enterprise,
    institute, company legal name, agency, name of institution, name of business, affiliation,
    company institution""",
    "website": """
    website, web site, web, url, web page, webpage, homepage, home page, site, website url,
    company website, web address, company url, company web, corporate website, website address,
    company website url, site url, www, organization website""",
    "domain": """
    domain, company domain, company domain name, email domain, website domain, domain name,
    company website domain""",
    "job_title": """
    job title, designation, desig, desgn, desg, jobtitle, role, job role, job position,
    occupation, profession, job, job function title, current position, current title, title at
    company, professional title, role title, job description title, business title, work title,
    position title, job designation, position held, job ttl, title position, title job title,
    employment title, official title, position in company""",
    "title": "title, titles, personal title name",
    "position": "position, pos",
    "salutation": """
    salutation, prefix, name prefix, honorific, mr mrs, mr ms, courtesy title, name title, mr
    mrs ms, form of address, personal title""",
    "department": "department, dept, division, business unit, team, department name",
    "function": "function, job function, functional area",
    "seniority": "seniority, seniority level, level, job level, management level, career level",
    "industry": """
    industry, sector, vertical, industry type, business sector, industry sector, business type,
    line of business, primary industry, industry segment""",
    "employees": """
    employees, number of employees, no of employees, company size, employee count, headcount,
    employee range, size of company, staff, org size, organization size, num employees, total
    employees, employee size, organisation size, size""",
    "revenue": """
    revenue, annual revenue, turnover, annual turnover, company revenue, yearly revenue, sales
    revenue, annual sales, company annual revenue, revenue per year, total revenue""",
    "street1": """
    street no, street and no, street and house number, address, street, street address, address
    1, address line 1, street 1, addr, addr 1, address street, add, add 1, adress, address line,
    street line 1, mailing address, postal address, residential address, street name, full
    address, address first line, address 1 street, physical address, road, addr line 1, complete
    address, street address line 1, address1, address line one, street and number, location
    address""",
    "street2": """
    address 2, address line 2, street 2, addr 2, add 2, street line 2, apt, suite, apartment,
    unit, flat, landmark, locality, area, address second line, address line two, street address
    line 2, addr line 2, apartment suite""",
    "street3": "address 3, address line 3, street 3, addr 3, address 4, address line 4",
    "house_number": "house number, house no, street number, building number",
    "city": """
    suburb, city, town, city town, town city, city name, address city, place, village, municipality,
    city of residence, current city, town or city, city or town, home town city, suburb city,
    cty""",
    "location": "location, place of residence, locations, current location",
    "state": """
    prov, state, state province, province, state or province, state region, state county,
    county, state code, province code, region code, state province code, province state, state
    name, state province region, address state, us state, province region, state territory,
    region state, state ut, state prov, st prov""",
    "region": "region, sales region, territory, geo, zone, area region, geography",
    "country": """
    country, country region, country name, nation, country or region, country region name,
    country of residence, address country, cntry, ctry, country territory, residence country,
    country location, home country, based in country, which country""",
    "country_code": """
    country code, iso country, country iso, country iso code, iso code, country code iso, iso
    country code, isd code, dial code, dialing code, dialling code, phone country code, mobile
    country code, isd, calling code""",
    "zip": """
    p code, zip code postal, pcode, zipcode postal code, zip, zip code, postal code, post code,
    postcode, pin, pin code, pincode, zip postal code, zip postcode, postal, zip postal,
    zipcode, zip or postal code, postal zip code, pin no, address zip, area pin code, postal
    code zip, eircode, zip pin, postal pin code, zip no""",
    "dob": """
    date of birth, dob, birthday, birth date, birthdate, d o b, bday, b day, birth day, born,
    born on, date birth""",
    "anniversary": "anniv, anniversary, anniversary date, wedding anniversary, date of anniversary",
    "facebook": """
    facebook, facebook url, facebook profile, facebook page, fb, fb url, fb profile, facebook
    link, fb page, facebook profile url, facebook company page""",
    "twitter": """
    twitter, twitter url, twitter handle, twitter profile, twitter username, x handle, x
    twitter, twitter x, twitter account, twitter link, x profile, x url, tweeter""",
    "linkedin": """
    linkedin, linkedin url, linkedin profile, linkedin profile url, linkedin link, linkedin
    company page, linkedin bio, linkedin page, linkedin id, person linkedin url, li url, li
    profile, profile url, company linkedin url, linkedin company url""",
    "instagram": "instagram, instagram handle, insta, insta id, instagram url, instagram profile",
    "skype": "skype, skype id, telegram, wechat, messenger, im, line id",
    "lead_source": """
    lead source, source of lead, contact source, lead origin, lead sources, marketing source,
    acquisition source, source channel, lead source name, enquiry source, inquiry source, source
    of enquiry, source of inquiry, acquisition channel, lead generation source, lead channel,
    customer source, prospect source""",
    "source": "source, channel, utm source, source name, src, traffic source",
    "original_source": """
    original source, original source type, latest source, first touch source, source type,
    original traffic source""",
    "heard": """
    how did you hear about us, how did you hear about this event, how did you find us, where did
    you hear about us, how did you hear about this webinar, how did you hear, how did you hear
    about this, how did you learn about us""",
    "source_medium": "utm medium, source medium, medium, traffic medium, marketing medium",
    "source_campaign": """
    utm campaign, campaign, campaign name, source campaign, most recent campaign, marketing
    campaign, ad campaign, ad campaign name, utm campaign name, primary campaign source""",
    "source_content": "utm content, source content, ad content",
    "source_referrer": """
    referrer, referrer url, referring site, referring url, source referrer, http referrer,
    referer, referral url, referring website, referrer website, site referrer, source url,
    referring page, referring domain, traffic source url""",
    "ip": """
    ip, ip address, source ip address, source ip, ip addr, client ip, user ip, ipv 4 address,
    remote ip, registration ip, last ip""",
    "notes": """
    notes, note, comments, comment, remarks, remark, additional notes, additional comments,
    comments notes, notes comments, lead notes, free text, internal notes, sales notes, memo,
    observations, scan notes, booth notes, notes and comments, conversation notes, rep notes,
    additional information, additional info, comments remarks, call notes, meeting notes, other
    comments, other remarks, general notes, exhibitor notes, remarks if any, feedback notes""",
    "message": """
    enquiry message, inquiry message, message text, query message, message, questions and
    comments, questions comments, description, enquiry, inquiry, query, your message, question,
    questions, feedback, requirement, requirements, lead description, how can we help, how can
    we help you, your question, comments questions, any questions or comments, additional
    questions, any other comments, comments or questions, specific requirements, any questions
    for the speaker, any questions, anything else, about""",
    "do_not_email": """
    email blacklisted, email blocklisted,
    email opt out, do not email, opted out of email, unsubscribed, opt out, email opted out, do
    not mail, has opted out of email, dont email, no email, unsubscribe, unsubscribed from all
    email, opted out email, email unsubscribed, opt out of email, email opt out status, do not
    send email, do not e mail, opt out email, emailoptout, opted out, donotemail, no emails, no
    mailing, email optout, optout, mailing opt out, exclude from emails, do not send emails,
    unsubscribed from email, no emailing, do not bulk email""",
    "do_not_call": """
    do not call, dont call, dnc, no call, phone opt out, call opt out, donotcall, do not phone,
    no calls, do not call me, opt out of calls, no phone calls, opted out of calls, do not call
    registry, dnd, no phone, do not call flag""",
    "do_not_sms": """
    sms blacklisted, sms blocklisted,
    do not sms, sms opt out, do not text, no sms, donotsms, dont sms, text opt out, opted out of
    sms, opt out of sms, sms opted out, do not send sms""",
    "do_not_track": "do not track, donottrack, tracking opt out, no tracking, dont track",
    "do_not_contact": "do not contact, no contact, dont contact, blacklisted, suppressed",
    "consent": """
    consent, opt in, optin, newsletter, marketing consent, gdpr, gdpr consent, email opt in,
    subscribed, subscribe, newsletter subscription, marketing permission, permission, email
    consent, privacy policy, terms and conditions, marketing opt in, agreed to terms, privacy
    consent, legal basis for processing contact data, email permission, sms opt in, consent to
    contact, consent given, i agree, accepts marketing, accepts email marketing, email updates,
    mailing list, opted in, communication consent, whatsapp opt in, sms consent, email
    subscription, may we contact you, can we contact you, email marketing, marketing emails,
    agree, accepts sms marketing, contact permission, phone consent, call consent, consent
    status""",
    "stage": "lead stage, prospect stage, stage, lifecycle stage, life cycle stage, sales stage",
    "status": """
    status, lead status, contact status, customer status, account status, approval status,
    registration status, attendance status, email status, opportunity status, order status,
    ticket status, follow up status, email verification status, attendee status, payment status,
    member status, disposition, outreach status, call status, crm status, lead state""",
    "grade": "lead grade, prospect grade",
    "any_score": """
    score, lead score, hubspot score, rating, grade, interest rating, priority, prospect rating,
    lead rating, probability, confidence, points, lead quality, temperature, marketing score,
    likelihood, interest level, email confidence, fit score, ranking""",
    "engagement": "engagement score",
    "latitude": "latitude, lat, geo latitude, gps latitude",
    "longitude": "longitude, long, lng, lon, geo longitude, gps longitude",
    "time_zone": "time zone, timezone, tz, time zone name",
    "origin": "origin",
    "lead_type": "lead type, leadtype",
    "type": """
    type, contact type, record type, customer type, category, customer category, class, tier""",
    "owner": """
    owner, contact owner, lead owner, account owner, sales rep, owner name, record owner,
    assigned to, sales owner, account manager, sales person, salesperson, sales representative,
    assigned user, owner email, contact owner email, lead owner email, rep, relationship
    manager, responsible, responsible person, sales executive, account executive, bdm, sdr, bdr,
    owned by, assignee, sales agent, assigned rep, owner full name, assigned sales rep, agent,
    sales manager, handled by, account rep, allocated to, rep name, counsellor, counselor, sales
    user, hubspot owner, lead owner name, contact owner name, rep email, salesrep, owner alias,
    agent name, agent email, sales rep name, sales rep email, account manager email, assigned to
    email, account manager name""",
    "other_person": """
    referred by, referral, referrer name, referral name, invited by, host, organizer, assistant,
    reports to, manager name, supervisor, created by, modified by, last modified by, updated by,
    scanned by, captured by, added by, collected by, manager, assistant name, emergency contact,
    father name, mother name, spouse name, spouse, guardian name, scanner name, scanned by name,
    uploaded by, registered by, entered by, lead captured by, booth staff, staff name, staff
    member, sent by, approver, hosted by, nominated by, introduced by, parent name, reference""",
    "id": """
    id, record id, lead id, contact id, account id, customer id, user id, person id, uuid, guid,
    external id, badge id, badge number, badge no, badge, registration id, registrant id,
    attendee id, order id, order number, order no, ticket number, ticket id, scan id, form id,
    ad id, adset id, campaign id, associated company id, prospect id, company id, deal id, s no,
    sr no, sl no, serial no, serial number, sno, row, row id, index, sr, srno, slno, key,
    barcode, qr code, qr code value, barcode number, reference number, ref no, ref, reference
    no, confirmation number, confirmation code, customer number, customer no, account number,
    account no, member id, membership number, tax id, vat, vat number, vat id, gst, gst no,
    gstin, gst number, pan, pan no, pan number, aadhaar, aadhaar number, passport number, ssn,
    duns, duns number, employee id, emp id, hs object id, salesforce id, client id, transaction
    id, invoice number, legacy id, import id, crm id, lead number, case number, code, line,
    item, entry, entry id, submission id, response id, seq, seq no, nr, reg no, registration
    number, registration no, prospect auto id, sfdc id, ticket no, webinar id, webinar key,
    meeting id, associated deal ids""",
    "time": """
    created, created date, created at, create date, created on, created time, date created, last
    activity, last activity date, last modified, last modified date, modified date, modified on,
    modified at, updated, updated at, updated on, date updated, last updated, date added, last
    contacted, last contact date, last activity time, last activity type, registration time,
    registration date, registered at, registered on, registration date time, join time, leave
    time, time in session, time in session minutes, scan time, scanned at, scan date, scan date
    time, scan timestamp, scanned on, timestamp, order date, close date, date, time, datetime,
    date time, submitted at, submission date, submission time, submit date, last login, last
    seen, follow up date, next activity date, first activity, start time, end time, start date,
    end date, date of registration, event date, recent conversion date, became a lead date,
    check in time, checked in at, check in date, last touch, last call, last visit, capture
    date, captured at, lead date, date of enquiry, enquiry date, inquiry date, duration,
    minutes, attendance duration, time attended, became a customer date, last email date, last
    meeting, subscribed at, subscription date, opt in time, opt in date, optin time, confirm
    time, last changed, time spent, first seen, last engagement date, last contacted on, next
    step, next activity, call date, join date, joining date, date joined, purchase date, date
    purchased, received, date received, meeting date, visit date, appointment date, lead
    created, lead created time, attendee join time, time joined, time left""",
    "event": """
    event, event name, session, sessions, session name, webinar, webinar name, webinar topic,
    topic, ticket type, ticket, ticket name, quantity, ticket quantity, attended, attendance,
    attendee type, registration type, booth, booth number, stand, device, device name, scanner,
    scanner id, station, price, total paid, payment type, currency, discount, coupon, coupon
    code, promo code, form name, ad name, adset name, ad set name, platform, is organic, form,
    is guest, page name, registration source, list, list name, list membership, tags, tag,
    labels, groups, polls, survey, rsvp, checked in, check in, attendee number, order type, fees
    paid, ticket price, total, amount, day, hall, pavilion, recent conversion, first conversion,
    conference, country of event, deal value, product name qty, track, agenda, role in event,
    meal preference, t shirt size, dietary requirements, dietary, qualifier, qualifiers, follow
    up, followup, follow up action, action, next action, lead retrieval notes flag, attendee
    group, room, seat, table, vip, is test, test lead, no show, questions asked, raised hand,
    show name, exhibition, show, visited booth, visits, number of visits""",
    "account_data": """
    parent account, products, product, product interest, interest, interests, interested in,
    product of interest, areas of interest, area of interest, budget, language, preferred
    language, gender, sex, age, marital status, nationality, education, qualification,
    experience, years of experience, technologies, keywords, founded, year founded, founded
    year, description of company, company type, ownership, sic code, naics, naics code, stock
    symbol, ticker, funding, total funding, deal name, deal, deals, opportunity, opportunity
    name, amount usd, number of deals, persona, buying role, annual income, income, course,
    program, university, college, school, hobbies, competitor, current vendor, current provider,
    timeline, purchase timeframe, purchasing time frame, role in purchase process, priority
    level, preferred contact method, best time to call, preferred time, photo, image, avatar,
    picture, logo, signature, source details, lead source details, lead source detail, original
    source drill down 1, original source drill down 2, original source data 1, original source
    data 2, utm term, gclid, fbclid, landing page, page url, page, browser, user agent, os,
    operating system, referral code, blood group, religion, category of visitor, next steps,
    company description, nickname, nick name, suffix, name suffix, preferred name, initials,
    company address domain, segments, segment""",
}
# Words that change nothing, wherever they stand.
NEUTRAL = """
    contact lead customer client person people attendee participant registrant prospect delegate
    visitor your the a an please enter what whats is of field value my our user member primary
    main principal optional required mandatory current current's in for to applicable if any
    provide give us tell valid here preferred default which are you subscriber recipient
    respondent invitee guest full and correct official key individual latest with sender d
    student candidate s standard based employee reachable residence live located active best lsq"""
# Words that tell whose it is, or which of several.
WORK = """
    bus work off ofc offc business office professional corporate biz official direct job
    workplace"""
HOME = "pers home resi res personal private residence residential"
COMPANY = """
    company organization organisation org account employer firm hq headquarters headquarter
    corporate branch switchboard board"""
MAILING = "address mailing perm corr comm postal correspondence permanent present"
BILLING = "billing shipping invoice delivery"
OTHER = """
    other secondary alternate alternative alt additional second 2 3 4 2nd 3rd backup another
    third extra buyer purchaser"""
# Of another person; of something that is no person.
FOREIGN = """
    owner manager assistant asst referrer referred referral host organizer organiser created
    modified creator spouse father mother emergency rep agent supervisor scanned scanner partner
    reseller parent guardian invited approver exhibitor speaker sponsor salesperson assigned
    inviter dealer distributor staff recruiter husband wife presenter panelist sister brother
    son daughter child children relative kin friend nominee nok"""
THING = """
    former previous past old maiden event session webinar ticket order product booth stand
    device deal opportunity opp ad adset form invoice payment course ip ship mac template
    campaign list survey case task meeting birth hotel venue conference show page store school
    college university server asset vehicle flight vendor competitor subject account's shop bank
    card"""
# Words of columns that no lead has a field for.
DEAD: Mapping[str, str] = {
    "id": "id ids guid uuid barcode key hash token sku code serial imei",
    "time": """
    created modified updated activity timestamp last recent login date time day month year
    duration minutes seconds hours when since joined registered expiry deadline""",
    "status": """
    status stage phase verified verification validity valid bounced bounce deliverability
    quality lifecycle""",
    "any_score": "score rating rank probability confidence percent percentage likelihood level",
    "event": """
    attended attendance session webinar ticket booth scanned survey poll event registered
    quantity price""",
    "account_data": """
    size count number total amount length range group interest budget product category language
    provider domain format model plan version hear about""",
    "consent": """
    consent opt newsletter gdpr subscribe subscribed subscription permission agree terms privacy
    marketing optin""",
}
