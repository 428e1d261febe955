"""Portuguese, of Brazil and Portugal."""

from collections.abc import Mapping

PHRASES: Mapping[str, str] = {
    "first_name": "primeiro nome, nome próprio, nomes próprios, prenome",
    "last_name": """
    sobrenome, apelido, último nome, nome de família, sobrenomes, apelidos, sobre nome""",
    "full_name": """
    nome completo, nome e sobrenome, pessoa de contato, pessoa de contacto, nome do contato,
    nome do contacto, nome e apelido, participante, nome do participante, nome sobrenome, nome
    contato, contato principal, nome da pessoa, nome do visitante""",
    "name": "nome, cliente, nome do cliente, nomes",
    "contact": "contato, contacto, dados de contato",
    "email": """
    correio eletrônico, correio electrónico, endereço de email, endereço de e mail, e mail,
    endereço eletrônico, correio eletrónico, emails, endereço email""",
    "phone": """
    telefone, número de telefone, tel, telefone fixo, fone, nº de telefone, telefone 1, telefone
    de contato, telefone para contato, n de telefone, num telefone, telefone contato, número
    telefone, ddd telefone, telefone com ddd, número de contato, número de contacto, fixo, tel
    fixo, ddd e telefone""",
    "mobile": """
    celular, telemóvel, telefone celular, número de celular, cel, tlm, número do celular, nº de
    telemóvel, número de telemóvel, telefone móvel, celular com ddd, nº celular, celular
    whatsapp, telefone celular com ddd, móvel""",
    "fax": "número de fax",
    "company": """
    empresa, companhia, nome da empresa, razão social, organização, instituição, empregador,
    nome fantasia, entidade, nome da organização, empresa instituição, empresa onde trabalha,
    local de trabalho, denominação social, empresa organização, nome da instituição""",
    "website": """
    site, página web, sítio web, website da empresa, site da empresa, página, página da
    internet, sítio, endereço do site""",
    "job_title": """
    cargo, função, profissão, ocupação, cargo função, posição, título do cargo, posto, cargo
    atual, função cargo, cargo na empresa, ocupação profissional, título profissional, cargo
    ocupado""",
    "title": "título",
    "salutation": """
    tratamento, saudação, sexo, gênero, género, forma de tratamento, pronome de tratamento""",
    "department": "departamento, setor da empresa, área departamento, departamento área",
    "industry": """
    setor, sector, indústria, ramo, segmento, ramo de atividade, área de atuação, segmento de
    atuação""",
    "employees": """
    funcionários, número de funcionários, nº de funcionários, tamanho da empresa, colaboradores,
    quantidade de funcionários, número de colaboradores, n de funcionários, porte, porte da
    empresa, qtd funcionários""",
    "revenue": """
    faturamento, receita, receita anual, faturamento anual, faturação, volume de negócios,
    faturação anual, receita bruta""",
    "street1": """
    endereço, rua, morada, logradouro, endereço 1, endereço completo, endereço linha 1, rua e
    número, avenida, endereço rua, morada completa, morada 1""",
    "street2": "complemento, endereço 2, endereço linha 2, bairro, morada 2",
    "house_number": "número da casa, número do endereço",
    "city": """
    cidade, município, localidade, cidade município, cidade de residência, concelho, munícipio,
    cidade onde mora""",
    "location": "local, localização",
    "state": """
    uf, estado uf, distrito, província, unidade federativa, estado província, estado distrito,
    uf estado""",
    "state_or_status": "estado",
    "region": "região",
    "country": "país, pais, país de residência, nome do país, país região, país de origem",
    "country_code": "código do país, indicativo, ddi, código país, indicativo do país",
    "zip": "cep, código postal, cód postal, codigo postal, cód p, cep código postal",
    "dob": """
    data de nascimento, nascimento, aniversário, dt nascimento, data nascimento, dt nasc, data
    nasc, nasc, data de aniversário, nascido em, nascida em""",
    "anniversary": "aniversário de casamento",
    "lead_source": """
    origem do lead, fonte do lead, fonte de lead, origem do contato, origem do contacto, fonte
    lead, origem lead, fonte do contato, fonte do contacto, procedência""",
    "source": "origem, fonte, canal, canal de origem, canal de aquisição",
    "heard": """
    como nos conheceu, como conheceu a empresa, como soube do evento, como ficou sabendo do
    evento, como ficou sabendo, como nos encontrou, como soube de nós, como você nos conheceu""",
    "source_campaign": "campanha, nome da campanha, campanha de marketing, campanha de origem",
    "source_medium": "mídia",
    "source_referrer": """
    site de referência, url de referência, página de referência, site de origem, página de
    origem, url de origem""",
    "notes": """
    observações, observação, obs, notas, nota, comentários, comentário, anotações, observações
    gerais, informações adicionais, comentários adicionais, anotação, notas internas""",
    "message": """
    mensagem, pergunta, perguntas, descrição, dúvida, sua mensagem, solicitação, dúvidas,
    necessidade, alguma pergunta, tem alguma pergunta""",
    "do_not_email": """
    não enviar email, não enviar e mail, descadastrado, cancelou inscrição, não receber emails,
    não enviar e mails, não enviar emails, opt out e mail, descadastro, não deseja receber
    emails, remover da lista, cancelou a inscrição""",
    "do_not_call": """
    não ligar, não telefonar, não perturbe, não contatar por telefone, não deseja ligações, não
    contactar por telefone""",
    "do_not_sms": "não enviar sms, sem sms",
    "do_not_contact": "não contatar, não contactar, lista negra",
    "consent": """
    consentimento, lgpd, inscrição newsletter, aceita receber, autorização, aceite, aceita
    receber emails, consentimento lgpd, autoriza contato, aceita marketing, política de
    privacidade, aceito, inscrito na newsletter, aceita comunicações, deseja receber novidades,
    aceita termos, rgpd, subscrição newsletter, consentimento rgpd, aceita newsletter, aceite
    lgpd""",
    "status": """
    situação, status do lead, estado do lead, situação do cadastro, status da inscrição, status
    do cliente, estado da inscrição, status do contato""",
    "stage": "etapa, fase, estágio, etapa do funil, estágio do lead, estágio no funil",
    "any_score": """
    prioridade, pontuação, classificação, avaliação, probabilidade, nota do lead, nível de
    interesse""",
    "time_zone": "fuso horário",
    "owner": """
    proprietário, proprietário do contato, vendedor, responsável, consultor, atribuído a,
    gestor, dono, comercial, dono do lead, responsável comercial, proprietário do lead,
    proprietário do contacto, executivo de contas, vendedor responsável, e mail do vendedor,
    email do responsável, corretor, representante, atendente, dono do contato""",
    "other_person": """
    indicado por, criado por, modificado por, indicação, convidado por, cadastrado por, alterado
    por, escaneado por, registrado por, capturado por""",
    "id": """
    identificador, número, nº, código, cpf, cnpj, rg, referência, nif, número do cliente, código
    do cliente, matrícula, número do pedido, nº do pedido, cpf cnpj, inscrição estadual, número
    de inscrição, protocolo, número do ingresso, cód cliente, nº cliente, número de contribuinte""",
    "time": """
    data, data de criação, criado em, modificado em, data de cadastro, data do cadastro, última
    atividade, hora, data de registro, data e hora, data de inscrição, data da inscrição, data
    de registo, última modificação, último contato, data cadastro, atualizado em, último
    contacto, data de contato, duração, data do evento, cadastrado em, data de criacao, horário,
    hora de entrada, hora de saída, hora de inscrição, data da compra, data de entrada, data do
    contato, data hora, data da última atividade, próximo contato, próxima atividade, cliente
    desde, data da visita, inscrito em""",
    "event": """
    evento, feira, participou, presença, tipo de ingresso, ingresso, nome do evento, estande,
    valor, preço, quantidade, lista, grupo, sessão, compareceu, tipo de bilhete, bilhete,
    palestra, workshop, seminário, valor pago, presente""",
    "account_data": """
    idioma, interesse, interesses, produto, orçamento, idade, nacionalidade, categoria, tipo de
    cliente, tipo, estado civil, produto de interesse, área de interesse, concorrente, serviço,
    área, curso, foto, escolaridade, renda""",
}
NEUTRAL = """
    contato contacto cliente participante seu sua o a os as de do da dos um uma por favor digite
    informe qual é campo obrigatório opcional principal pessoa e em atual para na você visitante
    onde trabalha mora preencha insira"""
WORK = "com trabalho profissional escritório comercial corporativo corporativa direto"
HOME = """
    pessoal casa particular residencial residência domicílio"""
COMPANY = "empresa companhia organização sede"
MAILING = "endereço morada postal"
BILLING = "cobrança entrega faturação faturamento"
OTHER = """
    comprador outro outra secundário alternativo adicional segundo secundária alternativa
    segunda"""
FOREIGN = """
    proprietário vendedor responsável consultor gestor dono indicado criado modificado
    representante parceiro organizador corretor cônjuge esposo esposa marido pai mãe filho filha
    tutor encarregado parente amigo padrinho interno interna"""
THING = """
    anterior antigo evento feira ingresso pedido produto nascimento estande fatura sessão curso
    palestra"""
DEAD: Mapping[str, str] = {
    "time": "data criado modificado última último hora duração desde cadastro",
    "id": "identificador número código referência nº matrícula",
    "status": "status situação etapa estágio",
    "account_data": """
    tamanho quantidade total interesse interessado interessada desejado desejada""",
    "consent": "consentimento newsletter aceita autoriza privacidade inscrição lgpd",
}
