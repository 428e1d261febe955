"""How forms ask for what a lead has, in six languages: a meaning to patterns of plain words."""

from collections.abc import Mapping

ASKED: Mapping[str, str] = {
    "heard": r"""
    (?:how|where) .*(?:hear|find|found|learn|know|come across) .*(?:us|event|webinar|company|it)\b
    |wie .*(?:aufmerksam|erfahren|gefunden|gehort)|woher kennen
    |(?:comment|ou) .*(?:connu|entendu|trouve|decouvert)
    |(?:como|donde|onde|medio|canal) .*(?:conheceu|soube|entero|conocio|encontro
    |enteraste|conociste|ouviu)
    |(?:kahan se|kaise) .*(?:suna|pata|mila|jana)|(?:कैसे|कहां से) .*(?:सुना|पता|मिल|जान)""",
    "full_name": r"""
    como se chama|como te llamas|como se llama|comment vous appelez|comment t appelles|wie heissen
    |wie heisst du|what s your name|what is your name|know your name|tell us your name|call you by
    |shall we call you$|should we call you$|qual e o seu nome|cual es (?:su|tu) nombre
    |quel est votre nom|a quien tenemos el gusto|com quem falamos|mit wem|who are you$|naam kya
    |aapka (?:shubh )?naam|नाम क्या|आपका (?:शुभ )?नाम""",
    "company": r"""
    (?:where|wo|ou|donde|onde|en que empresa|em que empresa|for whom|who) .*(?:work|arbeit|travaill
    |trabaj|trabalh|labora)|kahan (?:kaam|job|naukri)|कहां (?:काम|नौकरी)
    |(?:company|unternehmen|firma|entreprise|empresa) .*(?:represent|vertret)""",
    "job_title": r"""
    what do you do$|what s your (?:job|role|position)|was machen sie beruflich
    |(?:beruf|funktion|rolle) .*(?:aus|sie)$|que faites vous|a que (?:se dedica|te dedicas)
    |o que (?:voce )?faz$|kya kaam kart|क्या काम करते""",
    "city": r"""
    (?:where|wo|ou|donde|onde|which city|what city|welcher stadt|quelle ville|que ciudad
    |que cidade) .*(?:live|based|located|located|from|wohn|leb|habit|vive|mora|reside|situ)
    |(?:which|what|welcher|quelle|qual|que|cual) (?:city|town|stadt|ville|cidade|ciudad)
    |kahan (?:se|rehte|rahte|rehti|rahti)|कहां (?:से|रहते|रहती)
    |(?:kis|किस) (?:shahar|sheher|shehar|shahr|शहर)""",
    "dob": r"""
    (?:when|wann|quand|cuando|quando) .*(?:born|geboren|nes?$|nacio|naciste|nasceu)
    |kab (?:hua|paida)""",
    "phone": r"""
    (?:where|how|number|nummer|numero) .*(?:reach you|call you|erreich|joindre|appeler|localiz
    |contactarte|contactarle|llamarte|llamarle|ligar para|falar com)
    |(?:kis|किस) .*(?:number|नंबर)""",
    "message": r"""
    conte nos|cuentanos|cuentenos|diganos|dinos|diga nos|fale nos|fale sobre|hable nos|dites nous
    |parlez nous|decrivez|describ|descrev|beschreib|erzahl|schilder|tell us|let us know
    |how (?:can|may|could) we (?:help|assist)|konnen wir .*(?:helfen|tun)|wobei
    |(?:podemos|podriamos) ayudar|(?:podemos|poderiamos) ajudar|pouvons nous .*(?:aider|faire)
    |anything else|noch etwas|sonst noch|algo mas|algo mais|autre chose|leave .*message
    |dej(?:a|e) .*mensaje|deixe .*mensagem|laissez .*message|hinterlass|looking for$|que procura$
    |que busca$|que recherchez vous|was suchen sie|kuch aur|kya baat|baat kya|baat hui|kya kaha
    |kya chahiye$|aur kuch|क्या बात|बात हुई|बातचीत|और कुछ|क्या कहा|मदद कर""",
}
