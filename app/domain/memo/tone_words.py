"""The words that tone looks for, and the ones it leaves alone.

The emotive ones are ours: what people write in heat or in praise where a memo wants a figure. What carries no heat in a
business memo is not among them: a fraud figure, gross margin, outstanding invoices, a failed migration, a kill switch.
An entry ending in * covers every word that begins so, whatever its ending. The tuples hold regular expressions, matched
at word boundaries in any case; "'" stands for both apostrophes.
"""

from __future__ import annotations

EMOTIVE = """
abhor* abomina* absurd* abysmal* admirabl* admire admired admiring* adorabl* adore* afraid aghast agitated agonis*
agoniz* agony alarmed alarming* amaze amazed amazement amazes amazing* anger* angri* angry anguish* animosit* annoy*
antagoni* apocalyp* appall* arrogan* ashamed astonish* atroci* awesome* awful*
bad badly bastard* belittl* beloved betray* bitch* bitter bitterly bitterness blame blamed blames blaming blessed
bliss* bloody brave* breathtaking* brillian* brutal* bullied bullies bullshit
carnage catastroph* chaos chaotic* charming chastis* cheer cheered cheerful* cherish* circus clown clowns congratulat*
contempt contemptible contemptuous* courage courageous* coward cowardly crap crappy crazi* crazy cringe* crippled
crippling crisis cruel* crush crushed crushes crushing crying
damn* danger dangerous* dangers debacle* deceit* deceive* deception deject* delicious* delight* deplorabl* despair*
desperat* despicabl* despis* despondent devastat* devil* dire disappoint* disast* disdain* disgrac* disgust*
dishearten* dishonest* disillusion* dismal* dismay* disparag* displeas* disrespect* distraught distrust* divine dodgy
doom* dread* drown drowned drowning drowns dumb dumber dumbest dumpster dysfunction*
ecsta* egotis* elated embarrass* enemies enemy enrag* enthusias* euphori* evil* exasperat* excellent excellently
excite* exciting excruciat* exhilarat* existential explosive
fabulous* fantastic* farce farcical fascinat* fear feared fearful* fearing fears fearsome fiasco* flawless* fool
fooled fooling foolish* fools frantic* freak* frighten* frightful* frustrat* fubar fuck* fuming furious* fury futil*
garbage generosity generous generously ghastly glee gleeful* gloom* glori* glorious* glory godsend gorgeous* gracious*
gratitude great greatest greatly grief grim grimly grossly grotesque gutless gutted
haemorrhag* hallelujah handsome* happi* happy hate hated hateful* hater* hates hating hatred haunted havoc heartbreak*
heartbroken heartfelt heartless* heaven* hell hellish helpless* hemorrhag* heroic* hideous* hopeful hopeless* horren*
horribl* horrid* horrif* horror* humiliat* hurtful* hypocri* hysteri*
idiot* imbecil* impatien* impressive* incensed incompeten* incredible indignant* indignation infuriat* injustice
insan* insincer* inspir* insult* intimidat* intolerabl* irate irrational* irresponsib* irritat*
jealous* joke jokes joy joyful* joyous* jubilan*
lame lament* laugh* liar liars lifesaver loath* lonel* loser losers lousy lovable love loved lovely loves ludicrous*
lunatic* lying
madden* maddest madness magnificen* maniac* marvellous* marvelous* meaningless* melancholy meltdown* merciless* mess
messed messes messy miracle* miracul* miser* monstrous* moron* mourn*
nasti* nasty neglect neglected neglectful neglects nicest nightmar* nonsens* notorious*
oblitera* obnoxious* obscene* ominous* outrag* overjoyed
pain pained painful* panic* paradise paranoi* passionate* pathetic* perfect perfection perfectly perverse* phenomenal*
pissed pitiful* pleasant pleasantly pleasur* pointless* praise* preposterous* proud prouder proudest proudly puke*
rage raged rages raging rancid reckless* regret* rejoic* remarkabl* resentful* resentment* revenge* revolting
revolutionary ridicul* rotten rubbish rude rudely rudeness ruin ruined ruining ruinous* ruins ruthless*
sad sadden* sadder sadly sadness savag* scandal* scare scared scaremonger* scaring scary scorn* screwed selfish*
sensational* shambl* shambolic* shame* shattered shit shitty shocked shocking* sicken* silly sinister smother* snafu
snub* sorrow* spectacular* spiteful* splend* squander* staggering* stench stinking stinks strangled stressful
struggling stunning* stupendous* stupid* suck sucked sucker suckers sucks suffer suffered suffering suffers suicidal
superb superbly supreme*
tantrum* terribl* terrif* thankful* thoughtless* thrilled thrilling torment* torturous* toxic traged* tragic*
trainwreck* travest* treacher* treason* triumph* troubled troublesome* troubling
ugh ugl* unacceptabl* unbearabl* unbelievabl* unconscionabl* uneas* unforgivabl* unfortunat* ungrateful* unhapp*
unjust unjustly unpleasant* unprofession* unthinkabl* unworthy upset* useless*
vain vexing vibrant vicious* vile villain* visionary vitriolic*
weep* whine whines whining whore* wicked* woeful* woes wonderful* worried worries worry* worthless* wow wowed wrath*
wreck* wronged
yuck*
zealot*
""".split()  # noqa: SIM905 — a list of words reads best as words

EMOTIVE_PHRASES = (
    r"bleeding (?:money|cash|customers|users)|slap in the face|train wrecks?|house of cards",
    r"(?:ticking )?time bombs?|ticking bombs?|burning platforms?|sinking ship|the sky is falling",
    r"(?:sick|tired|sick and tired) of|fed up|end of the world|kiss of death|in the foot",
)

# Terms of trade that hold a warm word.
CALM = (
    r"amazing grace|bad (?:debts?|weather|actors?|requests?|faith|gateways?|sectors?|leavers?)",
    r"blameless|chaos (?:engineering|monkey|testing)|clean desk|clearly (?:labell?ed|marked|visible)",
    r"crisis (?:management|communications?|plan|team|line)|danger zone",
    r"disaster[- ](?:recovery|relief|preparedness|planning)|disasters? (?:plan|site|exercise)s?",
    r"eventually[- ]consistent|eventual consistency|fear of missing out|garbage[- ]collect\w*",
    r"hell's kitchen|kernel panics?|panic (?:button|room)s?|lazy[- ](?:load\w*|evaluat\w*|import\w*)",
    r"happy (?:paths?|hours?)|pain[- ]points?|perfect (?:competition|forward secrecy)|perfectly competitive",
    r"regret(?:table|ted) (?:attrition|churn|loss\w*)|silly season|technical debt",
    r"toxic (?:waste|assets?|substances?|chemicals?)|unhappy paths?|very large (?:scale )?(?:array|crude)",
    r"very (?:high|low) frequency|love island|war rooms?|great (?:britain|lakes|barrier reef)",
    r"existential (?:quantifier|type)s?|rage[- ]click\w*|care homes?|joke file",
)

BLAME = (
    r"(?:they|he|she|you|the team|the \w+ team)(?: (?:just|simply|still|always|never|again|have|has|had))*"
    r" (?:refus(?:es?|ed)|ignor(?:es?|ed)|neglect(?:s|ed)?|fail(?:s|ed)? to|keeps? (?:on )?\w+ing"
    r"|won't listen|will not listen|can't be bothered|couldn't be bothered|(?:do|did|does)(?:n't| not) care"
    r"|messed up|screwed up|let us down)",
    r"(?:their|his|her|your|whose|\w+'s) (?:own )?(?:fault|mess|incompetence|negligence|laziness|carelessness)",
    r"(?:never|nobody|no one|no-one|doesn't|don't|didn't|won't|refuses? to|refused to) "
    r"(?:ever )?(?:listens?|listened|learns?|learned|cares?|cared|bothers?|bothered)",
    r"always (?:late|wrong|complain\w*|the same)|as (?:usual|always|ever)|(?:yet|once) again|same old",
    r"to blame|blam(?:e|es|ed|ing)|finger[- ]pointing|point\w* (?:the )?fingers?|scapegoat\w*|excuses?",
    r"dropp?(?:ed|ing)? the ball|drops? the ball|asleep at the wheel|under the bus|let us down",
    r"should(?:'ve| have) known(?: better)?|incompeten(?:t|ce|tly)|negligent(?:ly)?|careless(?:ly|ness)?",
    r"(?:has|have|had) no (?:clue|idea)",
    r"sloppy|sloppiness|sloppily|clueless|stubborn(?:ly|ness)?|unprofessional(?:ly)?|irresponsibl[ey]",
    r"lazy|laziness|ignorant|liars?|lying|guilty|selfish(?:ly|ness)?|arrogan(?:t|ce|tly)|useless",
)

INTENSIFIERS = (
    r"very|extremely|absolutely|obviously|clearly|really|totally|completely|utterly|literally|truly",
    r"incredibly|insanely|ridiculously|massively|hugely|enormously|tremendously|dramatically|drastically",
    r"massive|huge|enormous|tremendous|gigantic|countless|unprecedented|skyrocket(?:s|ed|ing)?",
    r"definitely|undoubtedly|unquestionably|undeniably|certainly|surely|overwhelmingly|unbelievably",
    r"of course|needless to say|without (?:a |any )?doubt|no doubt|everyone knows|everybody knows",
    r"as we all know|no[- ]brainer|by far|(?:far|way) too|at all costs?|at any cost|tons of|loads of",
    r"frankly|honestly|to be honest|seriously",
    r"game[- ]chang(?:ers?|ing)|world[- ]class|once[- ]in[- ]a[- ]lifetime|pretty(?! print)",
)

HEDGES = (
    r"maybe|perhaps|probably|possibly|hopefully|presumably|supposedly|apparently|arguably|potentially",
    r"somewhat|fairly|quite|basically|eventually|might|if possible|more or less|in theory|in a way",
    r"(?:I|we) (?:think|guess|suppose|feel|hope|believe|reckon)|(?:I|we)(?:'m| am|'re| are) not sure",
    r"(?:it )?seems?(?: to| like| that)|it depends|as far as (?:I|we) know|afaik|imh?o|fwiw|not sure",
    r"a (?:little )?bit|some ?day|at some point|sooner or later|one way or another|or something",
    # "this kind of contract" is a plain noun; "it is kind of late" is not.
    r"(?<=\bis )(?:kind|sort) of|(?<=\bwas )(?:kind|sort) of|(?<=\bare )(?:kind|sort) of|kinda|sorta",
    r"(?<=\bwe )(?:kind|sort) of|(?<=\bit )(?:kind|sort) of|(?<=\bI )(?:kind|sort) of|(?<=\bfeels )(?:kind|sort) of",
)
