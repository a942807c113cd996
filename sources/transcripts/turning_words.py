"""Words that turn a sentence when they are others, missing or put in; and words that do not.

A missing word lets its kind pass as misheard: add what people say.
"""

from ..prose.reading.words_of_speech import word_set

# Left out or put in, these turn no sentence.
LIGHT = {
    "en": word_set(
        """
        a an the of and that to it so well just oh yeah in on at is there then very
        """
    ),
    "de": word_set("der die das den dem ein eine einen ja also so und da dass doch zu"),
    "fr": word_set("le la les l un une de des du et que ben donc alors bon y"),
    "es": word_set("el la los las un una de y que pues bueno en"),
    "ar": word_set("و ال في من يعني"),
}
# Of these nothing is a slip of the ear.
DENIALS = word_set(
    """
    not no never nobody none nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont
    wouldnt couldnt shouldnt hasnt havent hadnt
    """
)
# What says another thing when it is another word.
TURNING = {
    "en": DENIALS
    | word_set(
        """
        may might could should would will shall must can ought all some most many few several every
        any half only always often sometimes more less before after because if unless until although
        but or i you he she they we him her them us my your our is are was were am be been has have
        had do does did says said say think thought believe hope each both nearly almost about
        exactly hardly barely quarter dozens hundreds thousands millions up down in out above below
        over under with for against north south east west monday tuesday wednesday thursday friday
        saturday sunday yesterday today tomorrow january february march april june july august
        september october november december morning evening night increase decrease rise fall agree
        disagree
        """
    ),
    "de": word_set(
        """
        nicht kein keine keinen keiner nie niemand nichts ohne wenn falls alle einige
        viele kann könnte wird würde war ist hat hatte
        """
    ),
    "fr": word_set(
        """
        pas ne jamais personne rien aucun aucune sans si tous quelques peut pourrait
        sera serait était est a avait
        """
    ),
    "es": word_set(
        """
        no nunca nadie nada ninguno sin si todos algunos puede podría será sería era es
        fue ha había
        """
    ),
    "ar": word_set("لا لم لن ليس ليست غير بدون اذا لو كل بعض قد ربما كان"),
}

# In what stands before the words, or is left out between them: it turns what they say.
BEFORE = {
    "de": word_set(
        """
        nicht kein keine nie niemand wenn falls sagt sagte sagen gesagt heisst hiess
        angeblich erzaehlt gehoert behauptet meint meinte glaube glauben denke hoffe
        vielleicht wahrscheinlich vermutlich moeglicherweise koennte wuerde
        """
    ),
    "fr": word_set(
        """
        ne pas jamais personne si dit disent dire disait raconte entendu parait selon
        pretend crois pense espere peutetre peut probablement pourrait
        """
    ),
    "es": word_set(
        """
        no nunca nadie si dijo dijeron dice dicen dicho segun oido cuentan parece creo
        pienso espero quiza quizas tal vez puede posiblemente podria
        """
    ),
    "ar": word_set(
        """
        لا لم لن ليس ليست اذا لو قال قالوا يقول يقولون قيل سمعت سمعنا ربما قد اظن اعتقد
        نعتقد نامل يمكن
        """
    ),
}
DENIED = {"de": word_set("nicht nie"), "fr": word_set("pas jamais")}
AFTER = {
    "de": word_set("wenn falls sagt sagte sagen heisst angeblich vielleicht glaube"),
    "fr": word_set("si dit disent parait selon peutetre crois"),
    "es": word_set("si dijo dicen dice segun parece quiza quizas creo"),
    "ar": word_set("اذا لو قالوا يقولون قيل ربما"),
}

# Forms of one verb that is not regular.
_VERBS = """
break,broke,broken build,built buy,bought bring,brought catch,caught choose,chose,chosen come,came draw,drew,drawn
drive,drove,driven eat,ate fall,fell,fallen feel,felt fight,fought find,found fly,flew get,got give,gave,given
go,went,gone grow,grew,grown hear,heard hide,hid,hidden hold,held keep,kept know,knew,known lead,led leave,left
lend,lent lose,lost make,made mean,meant meet,met pay,paid ring,rang,rung rise,rose,risen run,ran see,saw,seen
sell,sold send,sent sit,sat sleep,slept speak,spoke,spoken spend,spent stand,stood steal,stole swim,swam
take,took,taken teach,taught tell,told throw,threw wake,woke wear,wore win,won write,wrote,written
"""
TENSES = {
    form: forms[0] for forms in (each.split(",") for each in _VERBS.split()) for form in forms
}
# What turns a word into its contrary.
AGAINST = ("un", "in", "im", "il", "ir", "dis", "non", "mis")

# What sounds the same, numbers as figures.
_SOUND_ALIKE = """
not,knot no,know #2,two,to,too #4,four,for,fore #8,eight,ate #1,one,won do,due,dew than,then there,their,theyre
would,wood some,sum by,buy,bye or,ore,oar our,hour in,inn might,mite been,bin were,where he,hee we,wee all,awl
right,write,rite here,hear new,knew whole,hole through,threw week,weak wait,weight weighed,wade made,maid road,rode
told,tolled meant,mint board,bored piece,peace plain,plane sail,sale see,sea son,sun tale,tail their,there wear,where
weather,whether which,witch your,youre passed,past principal,principle site,sight,cite stationary,stationery
role,roll root,route brake,break fair,fare flour,flower great,grate heel,heal him,hymn key,quay knight,night
male,mail meet,meat pair,pear pale,pail pour,poor rain,reign,rein read,red sent,cent,scent sole,soul steal,steel
berth,birth place,plaice pane,pain patients,patience peal,peel council,counsel gate,gait half,halve days,daze
rained,reigned waited,weighted #6,six,sicks hours,ours said,sed bear,bare
"""


def _by_word(groups: str) -> dict[str, set[str]]:
    alike: dict[str, set[str]] = {}
    for group in (each.split(",") for each in groups.split()):
        for word in group:
            alike.setdefault(word, set()).update(group)
    return alike


SOUND_ALIKE = _by_word(_SOUND_ALIKE)
# Nobody speaks of these in an interview, and machines hear them.
MEANT = {"knot": "not", "tolled": "told", "sed": "said", "mite": "might"}
# A clause that follows one of these is told, asked or supposed, and not said.
OPENS_CLAUSE = {
    "en": word_set("that if whether unless"),
    "de": word_set("dass ob wenn falls"),
    "fr": word_set("que qu si"),
    "es": word_set("que si"),
    "ar": word_set("ان بان اذا لو"),
}
