"""The words that tone looks for, and the ones it leaves alone.

Emotive words come from VADER's lexicon (people rated each word from −4 to 4). It was rated on social
media, so NEUTRAL lists what carries no heat in a business memo: a fraud figure, gross margin,
outstanding invoices, a kill switch. An entry ending in * covers every word that begins so.
The tuples hold regular expressions, matched at word boundaries in any case;
"'" stands for both apostrophes.
"""

from __future__ import annotations

# From here on a word is too warm for a memo: roughly one word in four of the lexicon.
COLDEST = -1.8
WARMEST = 2.2

NEUTRAL = """
abandon* abduct* abuse* abusi* accident* admonish* adversity affection* aggravat* agreement* amort*
antagonist appreciat* apprehension arrest* assassin* assault* attack* aversion avoid* award*
ban banish bankrupt* banned beaten beating beaut* bereave* best block* bomb bonus* broke broken bsod
bully* burden*
cancer* care caring casualty celebrat* censor champion* charit* cheat* choke* clever* collapse*
comfortable compassionate condemn* confidence confident conflict* conspir* contagion corpse
creditworth* crime* criminal* critici* crude* curse
damage* damaging dead death* defeat* defect* degrad* denied denies deny deprecat* depress depressed
depresses depression* depriv* destroy* destruct* detain* die died dignified dirty disabl*
disadvantag* disagree* discomfort discourag* disqualif* dissatisf* distress* disturb*
earnest effin empt* encourag* energi* enjoy enjoyed enjoys enlighten* enterprising entertain*
erroneous ethical evict* excelled excellence excels expel* exploit*
fail failed failing failings fails failure* fake* faking falsif* fatal* fault* favorableness felon*
fest festival* fights fired flawed forbidden forced foreclosure* foughten fraud* free freedom
freeload* fresh friend friendl* friends
gain gains gallant* gossip* graceful* grand* greater greed* grievance* gross growth
hand harass* hard harm* harsh heart hearts hero heroes heroin* honest* honor* honour* hostil* hurt
hurts
ideal ill illegal illiteracy illness* immoral* imprison* incapacitat* infect* inferior* infring*
injur* innovat* insecur* insensitiv* insulation intellectual* interest irritant*
jail* jeopard* justice
kill killed killer killers killing kills kind kinder kindly kudos
lazier laziest libel* libert* lies loss losses lost lower* lowery lowl* loyal*
master* menace mindless misbehav* misrepresent* misunderst* mock mocks motivat* murder*
negativ* neurotic*
offence* offend* offens* optimi* outcry outstanding
paralys* peace* penalt* perjur* perpetrat* persecut* pervert* petrif* piti poison* pollut* poor
poorest positiv* poverty powerless precious prejudic* pretty prison* prize* problematic* profit*
promiscu* prosecut* protest* punish* punitive
racism racist* rape* rapist* recession* reject* rejuvenat* relax* repress* rescue* respect* reward*
rich richer riches richest riot* risk* robber* robs romance
sabotag* safe* save* saving* scam* secur* sedition self-confident severe severely share* sick
slavery smarte* smuggl* sob solution* sophisticat* spam* stab* stampede starv* steal* stolen
strength* stress stresses stressor* stricken strong* succe* suicid* super superior* support* surviv*
suspend* swindl* sympathetic
talent* temper terror* theft* thief thiev* threat* ticked tired tops torture* totalitarian* trap*
trauma* trust*
unattractive undesirab* unemploy* unethical unfair unfulfilled unhealth* uninvolv*
valu* victim* violat* violen* vip virulen* vulture
war warfare* warring wars waste wasted weak* wealth* weapon* widowed win winner winners winning
winnings wins wisdom won worse worsen* worst wrong
""".split()  # noqa: SIM905 — a list of words reads best as words

# Warm words the lexicon rates too low, or does not have.
EMOTIVE = """
absurd absurdly abysmal afraid alarmed alarming amazing appalling atrocious bad carnage circus clown
crazy crippled crippling debacle desperate desperately disgraceful doom embarrassing existential
explosive farce garbage haemorrhaging hemorrhaging insane insult insulting joke laughable ludicrous
meltdown mess messy nightmare nightmarish outrageous pathetic pointless rage ridiculous rubbish sad
shambles shambolic shocked shocking silly toxic trainwreck ugh unbearable unbelievable unforgivable
unfortunately worried worrying
""".split()  # noqa: SIM905

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
