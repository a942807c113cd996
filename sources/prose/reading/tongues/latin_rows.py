"""The rows of the languages that are read by their Latin letters.

French, Spanish and Portuguese have verb and subject after a quotation, subject and verb before it; German
and Czech put the verb second, and its subject on either side of it.
"""

from __future__ import annotations

from .row import Tongue, forms, phrases, words

_GERMAN_WEAK = """
    sag erklär mein teil beton frag erzähl kritisier forder warn ergänz versicher bemerk äußer
    kommentier schilder mahn bedauer bestätig füg berichte behaupte antworte fürchte hoff glaub
    lob kontert urteil prophezei folger resümier bilanzier stell spekulier schwärm klag beklag
    jubel flüster bekräftig unterstreich begründ zitier plädier appellier rechtfertig scherz
    verlang erinner vermut erläuter freu wünsch argumentier formulier twitter pos lächel
    präzisier konstatier reagier verteidig verkünd wunder fluch gratulier attestier pflichtet
    bezeichne entgegne betreu ärger signalisier moniere monier rühm lehr sorg dank wetter
"""
GERMAN = Tongue(
    code="de",
    name="German",
    is_read=True,
    letters="ßü",
    infinite="end|ige?[nrs]?|liche?[nrs]?",
    small=words(
        "und die das ist nicht ein eine im mit auf für dass es sich dem den auch an zu sie er "
        "bei nach wie als aus wird sind noch hat einen einer einem wir ich so aber oder sei "
        "über nur kann habe werden war wurde vor bis mehr durch zum zur"
    ),
    are_nouns_capital=True,
    verbs=words(
        forms(_GERMAN_WEAK, "t te ten en"),
        "berichtet berichtete berichteten berichten antwortet antwortete behauptet behauptete befürchtet "
        "befürchtete fürchtet fürchtete begründet begründete begründeten bezeichnet bezeichnete fordert forderte forderten "
        "schreibt schrieb schrieben spricht sprach sprachen ruft rief riefen gab gibt gibt weist wies "
        "wiesen verspricht versprach gesteht gestand findet fand fanden weiß wusste denkt dachte schreit "
        "schrie wirft warf empfiehlt empfahl heißt hieß widerspricht widersprach unterstreicht unterstrich "
        "bittet bat räumt räumte gratuliert beschreibt beschrieb nennt nannte nannten "
        "verweist verwies verwiesen vergleicht verglich lautet lautete plaudert entgegnet entgegnete "
        "meldete meldet sieht sah kündigt kündigte stellt stellte fügte fügt postete twitterte "
        "kontert konterte urteilt urteilte jubelt jubelte zeigt zeigte sagte sagten sagen versichert "
        "äußerte äußert flüsterte wettert wetterte erinnert erinnerte erläutert erläuterte",
    )
    - words(
        "gibt gab sieht sah zeigt zeigte post post stellt stellte stellten stellen "
        "betreut sorgt sorgte fand findet fanden wirft warf sorgen"
    ),
    participles=words(
        "gesagt erklärt betont gefordert kritisiert berichtet geschrieben gewarnt "
        "angekündigt mitgeteilt gesprochen bezeichnet"
    ),
    auxiliaries=words("hat haben hatte hatten habe hätte"),
    according=phrases(
        "laut,so,nach angaben von,nach angaben der,nach angaben des,nach ansicht von,"
        "nach ansicht der,gemäß,den worten von,aus sicht von,nach worten von,nach auffassung von"
    ),
    in_view=phrases("für"),
    likening=words("wie"),
    afterwards=phrases("zufolge"),
    reported=words(
        "sei seien habe könne könnten müsse müssten dürfe dürften wolle werde würde würden gebe brauche solle lasse "
        "mache komme gehe stehe bleibe liege führe sehe wisse bekomme finde halte nehme tue fühle hätten wären"
    ),
    times=words(
        "jahr jahre jahren tag tage tagen monat monate woche wochen stunde stunden minuten mal montag dienstag mittwoch "
        "donnerstag freitag samstag sonntag januar februar märz april mai juni juli august september oktober "
        "november dezember morgen abend nachmittag vormittag nacht zeit uhr ende anfang folge"
    ),
    determiners=words(
        "der die das ein eine sein seine ihr ihre dieser diese dieses zwei drei mehrere "
        "einige viele beide jeder jede unser unsere mein meine kein keine"
    ),
    pronouns=words("er sie dieser diese jener einer eine viele einige beide manche alle"),
    prepositions=words(
        "in im an am auf aus bei beim mit nach seit von vom zu zum zur für durch gegen "
        "ohne um über unter vor hinter neben zwischen während wegen trotz laut bis ab "
        "gegenüber dem den des einem einen einer eines seinem seinen seiner ihrem ihren "
        "ihrer diesem diesen"
    ),
    joining=words("des der von vom für"),
    particles=words("von der den vom zu zur zum van de la und al bin"),
    conjunctions=words(
        "und oder aber denn sondern dass wenn weil als ob wie während nachdem bevor "
        "damit obwohl da sowie"
    ),
    relatives=words("der die das welcher welche wer was"),
    adverbs=words(
        "es man nicht auch noch schon sich nun dann dort hier zudem außerdem dabei aber jedoch "
        "unterdessen weiter gestern heute am montag dienstag mittwoch donnerstag freitag "
        "samstag sonntag einmal wieder später zugleich gleichzeitig sogar nur etwa bereits "
        "mal selbst ebenfalls indes hingegen dagegen derweil deshalb daher so darin immer"
    ),
    titles=words(
        "Herr Frau Dr. Prof. Dr Prof Präsident Präsidentin Kanzler Kanzlerin Minister "
        "Ministerin Pastor Pastorin Pfarrer Pfarrerin Botschafter Botschafterin Regisseur "
        "Regisseurin Nationalrat Nationalrätin Professor Professorin Sprecher Sprecherin "
        "Trainer Trainerin Bürgermeister Bürgermeisterin"
    ),
    cues=words(
        "sogenannte sogenannten sogenannter sogenanntes genannt titel motto namens film buch roman "
        "album song serie lied begriff begriffe wort worte wörter schlagwort projekt "
        "theaterstück stationstheater bezeichnung slogan namen kampagne als ensemble"
    ),
)

_CZECH = """
    řek uved doda sděli doplni podotk upozorni vysvětli prohlási napsa potvrdi pozname poznamena
    popsa informova reagova tvrdi konstatova zdůrazni zmíni připomně připomněl oznámi odpově odpovědě namít
    odmít přizna pochváli kritizova vzkáza přibliži nasti nastíni shrnu komentova okomentova zhodnoti míni míně
    varova slíbi požádova požadova zepta ptá ozrejmi objasni uzavře pokračova prozradi svěři
    zavzpomína vyjádři citova ocitova odhad odhadova argumentova dopln zvola vykřik dodáva upřesni
    zopakova stěžova navrh poděkova zareagova osloví vypověde vypověd ujisti řík říka žerto hlási nahlási
    pochlubi rozzlobi konstato zkonstatova předpověde považova domníva podtrh vyzva
"""
CZECH = Tongue(
    code="cs",
    name="Czech",
    letters="řěů",
    small=words(
        "se že je na v s z do by to za jsou podle ale jako pro si jsem byl byla bylo bude které "
        "který která ve ze také jsme už kteří nebo co tak při po od jeho není než"
    ),
    is_subject_dropped=True,
    verbs=words(
        forms(_CZECH, "l la lo li ly"),
        "řekl řekla řekli říká říkají uvádí uvádějí dodává dodávají tvrdí píše píší popisuje popisují "
        "vysvětluje vysvětlují upozorňuje upozorňují doplňuje doplňují komentuje varuje varují soudí "
        "míní podotýká připomíná připomínají zdůrazňuje shrnuje uzavírá odhaduje odpovídá reaguje "
        "konstatuje cituje potvrzuje připouští přiznává hodnotí kritizuje oznamuje sděluje informuje "
        "pochvaluje vzpomíná líčí přibližuje věří myslí odmítl odmítla odmítá zní znělo stálo stojí "
        "pokračuje vypráví odhadl odhadla připustil připustila svěřil nechal slyšet domnívá naznačil "
        "naznačila podtrhl uvažuje ptá žádá vyzývá vyzval navrhl navrhla sdělil rozhodl ohradil ohradila "
        "přiblížil přiblížila tvrdil tvrdila namítl namítla prohodil glosoval radí hlásí slibuje",
    )
    - words("zní znělo stojí nechal"),
    speaking=words("říci říct dodat uvést upozornit zdůraznit připomenout"),
    according=phrases("podle,dle"),
    reported=words("něj ní nich něho prý údajně"),
    likening=words("jak"),
    times=words(
        "rok roku roce let den dne dny dnů měsíc měsíce týden týdne týdny hodin hodiny minut pondělí úterý středa čtvrtek "
        "pátek sobota neděle ledna února března dubna května června července srpna září října listopadu "
        "prosince ráno večer chvíle doba době"
    ),
    determiners=words(
        "ten ta to ti tento tato tito jeho její jejich jeden jedna dva tři někteří další "
        "několik sám sama"
    ),
    pronouns=words("on ona oni ony ten ta"),
    prepositions=words(
        "v ve na s se z ze do od u k ke o po pro při za před pod nad mezi podle dle bez "
        "proti kvůli díky během kolem místo vůči přes mimo"
    ),
    joining=words("a"),
    particles=words("van von de al bin der"),
    conjunctions=words("a i ale nebo či že když aby protože jak než ani však pokud zatímco"),
    relatives=words("který která které kteří jenž což"),
    adverbs=words(
        "se si to také ještě už pak dnes včera však ho mu jí jim následně již dále například "
        "v pondělí úterý středu čtvrtek pátek sobotu neděli rovněž zároveň včetně tak "
        "neurčitě"
    ),
    titles=words("pan paní"),
    cues=words(
        "takzvaný takzvané takzvaná takzvaného tzv název názvem slovo slova výraz film kniha "
        "píseň heslo heslem přezdívaný jménem přezdívkou titulem pojem projekt"
    ),
)

_FRENCH_ER = """
    affirm expliqu déclar ajout racont soulign estim assur not précis indiqu confi lâch lanc
    annonc dénonc demand rappel rappell résum détaill témoign critiqu regrett déplor plaid martel gliss souffl
    insist rétorqu répliqu confirm commen comment écri observ analys remarqu constat recommand
    argument martèl murmur cri interrog ironis tonn nuanc tempêt soupir admir appréci évoqu
    tranch rassur exhort exig accus appel appell avanc mentionn révèl révél avou justifi pointe relat rapport
    signal tweet post clam proclam jur menac préconis considèr considér jug qualifi développ compar
    conseill préven propos reproch balay pest exult enchaîn embray énonc fustig salu salue espèr espér complèt complét poursuiv
    illustr modèr modér relativis clarifi affich termin invit réclam éclair rembobin synthétis esquiss invoqu
"""
FRENCH = Tongue(
    code="fr",
    name="French",
    small=words(
        "les des un une et est que qui dans pour pas sur avec ce il elle au aux en son sa ses "
        "plus nous vous ils sont été cette mais ou leur par selon être ont je où était après a fait peut "
        "avait étaient c’ ça"
    ),
    is_incised=True,
    letters="œèùêû",
    finite="aient|èrent",
    infinite="ant|ée?s?|ies?|ues?",
    verbs=words(
        forms(_FRENCH_ER, "e ait a ent aient èrent erait"),
        forms("annonç lanç dénonç nuanç énonç menaç avanç", "ait a aient"),
        "dit disait dirent disent écrit écrivait écrivent répond répondait répondent répondit "
        "soutient soutenait soutiennent maintient prévient promet promettait reconnaît reconnait "
        "reconnaissait conclut concluait poursuit poursuivait poursuivent sourit rit craint décrit "
        "admet prédit réagit réagissait réagissent interrompt souligne reprend fait défend défendait "
        "s’inquiète s’étonne s’indigne s’alarme inquiète étonne indigne alarme félicite réjouit insurge "
        "emporte exclame désole amuse agace enthousiasme interroge souvient défausse avertit "
        "surenchérit abonde renchérit veut croit pense trouve va renseigne",
    )
    - words("va fait veut trouve pense rit"),
    participles=words(
        forms(_FRENCH_ER, "é"),
        "dit écrit répondu soutenu maintenu prévenu promis reconnu conclu poursuivi souri décrit admis "
        "réagi averti interrompu repris défendu renchéri prédit",
    ),
    auxiliaries=words("a ont avait avaient est sont aura auront ait ayant"),
    speaking=words(
        forms(_FRENCH_ER, "er ant"),
        "dire écrire répondre conclure poursuivre soutenir promettre reconnaître "
        "prévenir répliquer lancer annoncer dénoncer avancer avertir ajoutant déclarant affirmant précisant expliquant soulignant disant estimant "
        "rappelant assurant indiquant évoquant dénonçant annonçant jugeant notant citant concluant poursuivant écrivant lançant annonçant dénonçant",
    ),
    according=phrases(
        "selon,d’ après,aux yeux de,aux yeux du,à en croire,de l’ avis de,dixit,suivant,mots de,mots du"
    ),
    in_view=phrases("pour"),
    tails=phrases("en chef,à la retraite,en exercice,par intérim"),
    likening=words("comme ainsi"),
    times=words(
        "an ans année années jour jours mois semaine semaines heure heures minute fois matin soir matinée soirée "
        "journée début lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin "
        "juillet août septembre octobre novembre décembre phrase paragraphe lendemain veille moment temps"
    ),
    determiners=words(
        "le la les l’ un une des ce cet cette ces son sa ses leur leurs notre nos mon ma "
        "mes deux trois plusieurs quelques certains certaines chaque"
    ),
    pronouns=words(
        "il elle ils elles lui celui-ci celle-ci ceux-ci chacun chacune celui celle "
        "certains beaucoup plusieurs"
    ),
    prepositions=words(
        "à au aux dans en sur sous pour par avec sans chez vers entre depuis pendant "
        "après avant devant derrière contre lors dès parmi selon malgré afin"
    ),
    joining=words("de du des d’ de"),
    particles=words("de du des d’ la le van von der den ben el al bin"),
    conjunctions=words(
        "et ou mais donc or ni car que qu’ quand lorsque lorsqu’ comme si puisque "
        "alors tandis parce ainsi"
    ),
    relatives=words("qui que qu’ dont où lequel laquelle"),
    adverbs=words(
        "ne n’ pas plus on l’on y se s’ me m’ nous vous l’ lui leur en aussi encore déjà toujours "
        "également ensuite enfin notamment même ainsi jamais bien alors cependant pourtant "
        "toutefois hier aujourd’hui lundi mardi mercredi jeudi vendredi samedi dimanche "
        "récemment simplement d’abord finalement par ailleurs"
    ),
    titles=words("M. Mme Mlle Mr Me Dr Pr MM. Mmes Monsieur Madame"),
    cues=words(
        "titre intitulé intitulée baptisé baptisée surnommé surnommée surnommées appelé "
        "appelée nommé slogan formule mot mots terme termes expression film roman livre album "
        "chanson émission programme opération appelés"
    ),
)

_SPANISH_AR = """
    afirm explic señal declar asegur coment apunt agreg argument destac indic manifest inform
    relat pregunt cont recalc subray remarc detall enfatiz lament critic celebr opin anunci confirm
    precis aclar alert acus denunci rechaz neg consider plante record record puntualiz sentenci
    reproch reclam avis advirt exclam confes reiter insinu pronunci not observ analiz vaticin
    cit revel ratific justific agradec expres exhort invit llam calific resalt asever acot sostuv
    reflexion zanj ironiz bromej grit murmur susurr profundiz abund matiz rememor aventur
    apost ampli complement cerr finaliz remat lanz solt emplaz cuestion culmin inici habl evalu proyect
    garantiz ejemplific desliz dispar poste coment relat reflej ilustr enumer felicit anticip adelant
    augur pronostic estim respald impugn implor rog suplic jur asum document esgrim postul transmit conclu contest alegr ostent valor tach
"""
SPANISH = Tongue(
    code="es",
    name="Spanish",
    letters="ñ",
    finite="ó|aron|ieron",
    infinite="ndo(?:l[aeo]s?|se)?|[ai]d[oa]s?|[aei]r",
    small=words(
        "el los las que en y un una por con para se su es más como al lo pero sus le ha este "
        "esta son fue también desde está hay sobre entre cuando muy todo ser sin según era eran están había tiene tienen puede hace ya si lo no"
    ),
    is_subject_dropped=True,
    verbs=words(
        forms(_SPANISH_AR, "a ó aba an aron aban ará"),
        "dijo dice dicen decía decían dijeron dirá diría añadió añade añadía añadieron respondió responde "
        "respondía respondieron escribió escribe escribía insistió insiste insistía sostuvo sostiene "
        "sostenía advirtió advierte advertía admitió admite concluyó concluye expuso expone exponía "
        "prometió promete reconoció reconoce pidió pide pidieron pedía cree creía piensa pensaba "
        "refirió refiere sugirió sugiere mantuvo mantiene mantenía repitió repite prosiguió prosigue "
        "continuó continúa siguió contó cuenta relató matizó negó niega consideró recordó recuerda "
        "aseveró desmintió describió describe definió define planteó expresó expresa ironizó zanjó "
        "replicó replica espetó espeta agradeció agradece defendió defiende manifestó exigió exige "
        "instó insta llamó aseguró puntualizó confesó confiesa propuso propone atribuyó "
        "leyó lee reza tuiteó publicó publica bromeó aludió hizo estimó compartió comparte transmitió asumió discrepó interpuso comenzó empezó partió comienza estima admitieron "
        "concedió discutió comparó felicitó saludó reaccionó reacciona arremetió juzgó indicaron",
    )
    - words("hizo"),
    participles=words(
        forms(_SPANISH_AR, "ado"),
        "dicho añadido respondido escrito insistido sostenido "
        "advertido admitido concluido expuesto pedido reconocido",
    ),
    auxiliaries=words("ha han había habían habrá he haya"),
    speaking=words(
        forms(_SPANISH_AR, "ando ar"),
        "decir añadir responder escribir insistir advertir admitir "
        "reconocer pedir sostener exponer concluir prometer recordar diciendo añadiendo insistiendo advirtiendo",
    ),
    according=phrases(
        "según,de acuerdo con,de acuerdo a,a juicio de,a juicio del,en palabras de,palabras de,palabras del,en opinión de,conforme a"
    ),
    in_view=phrases("para"),
    likening=words("como según"),
    times=words(
        "año años día días mes meses semana semanas hora horas minuto minutos vez veces mañana tarde noche "
        "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio "
        "agosto septiembre octubre noviembre diciembre párrafo párrafos tiempo momento jornada víspera"
    ),
    determiners=words(
        "el la los las un una unos unas su sus este esta estos estas ese esa esos esas "
        "dos tres varios varias algunos algunas otro otra ambos aquel aquella nuestro mi"
    ),
    pronouns=words("él ella ellos ellas este esta quien uno alguien ésta éste ambos"),
    prepositions=words(
        "a al en con por para sin sobre ante tras entre desde hasta contra hacia bajo "
        "durante mediante según vía tras"
    ),
    joining=words("de del"),
    particles=words("de del la las los y da di van von el al bin ben"),
    conjunctions=words("y e o u pero ni sino que si cuando mientras como porque pues aunque donde"),
    relatives=words("que quien quienes cual cuales cuyo cuya donde"),
    adverbs=words(
        "no se le les lo la me nos también además ya aún todavía siempre nunca así luego "
        "después entonces ayer hoy finalmente posteriormente asimismo incluso solo sólo muy "
        "lunes martes miércoles jueves viernes sábado domingo tampoco recientemente"
    ),
    titles=words("Sr. Sra. Sr Sra Dr. Dra. Dr Dra Don Doña don doña"),
    cues=words(
        "llamado llamada llamados llamadas denominado denominada titulado titulada título lema apodado alias "
        "conocido conocida caso palabra palabras término expresión película libro novela canción disco "
        "serie programa operación bautizado"
    ),
)

_PORTUGUESE_AR = """
    afirm explic destac declar coment relat cont inform argument ressalt salient sublinh avali
    analis anunci confirm critic lament complement acrescent reforç lembr pergunt acus neg aleg
    alert orient cit fal ressalv pontu enfatiz apont consider convoc revel observ assegur garant
    justific celebr elogi reclam desabaf brinc detalh narr frist frisav atest publicou desmenti rebat
    recomend solicit pondr ponder indic conclam questiona question prest esper aponta opin
    condena conden sintetiz ironiz exclam grit coment atac cobr pass reiter denunci classific not
    inici finaliz adiant retruc determin public postul mencion compar
"""
PORTUGUESE = Tongue(
    code="pt",
    name="Portuguese",
    is_read=True,
    letters="ãõ",
    finite="ou|eu|iu|aram|eram|iram",
    infinite="ndo(?:-\\w+)?|[ai]d[oa]s?|[aei]r",
    small=words(
        "o os as que em e um uma por com para se não é mais no na nos nas ao à pelo pela foi "
        "seu sua como mas também são está ser dos das do da ele ela isso já até você quando é era eram tem têm foram há pode ter se não"
    ),
    is_subject_dropped=True,
    verbs=words(
        forms(_PORTUGUESE_AR, "a ou ava am aram avam ará"),
        "disse diz dizem dizia diziam disseram dirá diria escreveu escreve escrevia respondeu responde "
        "respondia responderam defendeu defende garantiu garante insistiu insiste admitiu admite "
        "reconheceu reconhece prometeu promete pediu pede pediram advertiu adverte concluiu conclui "
        "sugeriu sugere prosseguiu prossegue continuou continua repetiu repete rebateu rebate "
        "acredita acreditava acha achava entende entendia entendeu desmentiu referiu refere expôs manteve sustentou "
        "sustenta propôs propõe exigiu exige discursou vê atribuiu descreveu descreve definiu define "
        "começou leu lê traz decidiu esclareceu esclarece agradeceu agradece completou completa tuitou "
        "postou emendou arrematou resumiu resume compartilhou reagiu reage protestou chamou vaticinou "
        "desejou deseja disparou dispara alfinetou alfineta salientou aconselhou aconselha "
        "assumiu assume admitiram garantiram",
    )
    - words("traz vê passa passou passam inicia falta"),
    participles=words(forms(_PORTUGUESE_AR, "ado"), "dito escrito respondido"),
    auxiliaries=words("tem têm tinha havia teria foi"),
    speaking=words(
        forms(_PORTUGUESE_AR, "ando ar"),
        "dizer responder escrever defender garantir admitir "
        "reconhecer prometer pedir concluir sugerir dizendo escrevendo",
    ),
    according=phrases(
        "segundo,de acordo com,conforme,na avaliação de,nas palavras de,palavras de,palavras do,palavras da,na opinião de,ainda segundo"
    ),
    in_view=phrases("para"),
    likening=words("como conforme segundo"),
    times=words(
        "ano anos dia dias mês meses semana semanas hora horas minuto minutos vez vezes manhã tarde noite "
        "segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
        "sábado domingo janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
        "dezembro parágrafo tempo momento madrugada véspera"
    ),
    determiners=words(
        "o a os as um uma uns umas seu sua seus suas este esta esse essa aquele aquela "
        "dois duas três vários várias alguns algumas outro outra ambos nosso meu minha"
    ),
    pronouns=words("ele ela eles elas este esta quem alguém"),
    prepositions=words(
        "a à ao aos às em neste nesta nestes nestas nesse nessa naquele naquela no na nos nas num numa com por pelo pela pelos pelas para sem "
        "sobre ante após até desde entre contra sob durante perante segundo conforme"
    ),
    joining=words("de do da dos das deste desta desse dessa"),
    particles=words("de do da dos das e van von di del la"),
    conjunctions=words("e ou mas nem que se quando enquanto como porque pois embora onde"),
    relatives=words("que quem qual quais cujo cuja onde"),
    adverbs=words(
        "não se lhe lhes o a me nos também ainda já sempre nunca assim depois então ontem hoje "
        "finalmente inclusive só apenas muito segunda terça quarta quinta sexta sábado "
        "domingo além porém recentemente"
    ),
    titles=words("Sr. Sra. Sr Sra Dr. Dra. Dr Dra Dom Dona"),
    cues=words(
        "chamado chamada chamados chamadas denominado denominada intitulado intitulada título "
        "lema apelidado apelido conhecido conhecida palavra palavras termo expressão filme livro "
        "novela canção música série programa operação batizado batizada"
    ),
)
