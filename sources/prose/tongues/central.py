"""German and Czech: the verb is second, and its subject stands on either side of it."""

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
