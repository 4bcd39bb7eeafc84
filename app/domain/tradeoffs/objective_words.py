"""The words by which a sentence is told to be an objective: verbs that change a metric, reach one, or only do
something; the nouns that are measured; those that no customer feels."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UP = _words(
    "increase raise grow boost lift expand drive accelerate strengthen maximize maximise enhance extend widen push"
    " up climb rise elevate heighten multiply bump step scale ramp build-up augment advance jump"
    " enlarge broaden deepen intensify uplift"
)
DOWN = _words(
    "reduce cut lower decrease shrink shorten drop slash minimize minimise trim eliminate limit lessen curb down fall"
    " decline bring-down diminish contain compress prevent shave halve narrow avoid cap"
    " save shed lose remove stop ease relieve dampen tighten stem erase abolish slim mitigate restrict"
)
BETTER = _words("improve optimize optimise better enhance speed")
"""The direction follows from what is measured: a better churn is a lower one."""

DOUBLES = {"double": 100, "triple": 200, "treble": 200, "quadruple": 300, "halve": -50}
"""By so many per cent."""

REACH = _words(
    "reach achieve hit attain exceed surpass earn score win secure generate acquire gain attract convert retain get"
    " have ensure make keep maintain hold sustain stay remain bring take move turn beat see let allow enable help"
    " guarantee become pass top collect land capture book sell deliver serve resolve answer respond reply fulfil"
    " fulfill process handle activate add sign close onboard recover return refund pay approve load respond start"
    " finish complete ship dispatch give offer provide support engage re-engage reactivate renew upsell convince"
    " persuade welcome register enrol enroll reply solve settle confirm produce yield obtain garner draw bring-in"
    " match garner log record experience find feel wait rate recommend say spend"
)
KEEP = _words("keep maintain hold sustain stay remain ensure guarantee limit cap contain")

STILL_ACTS = _words(
    "deliver complete add sign close onboard start finish ship give offer provide support produce enable let allow"
    " help book collect record log make get have take bring process handle approve enrol enroll register land find"
    " sell serve pay see hold engage secure attract generate turn move win capture draw ensure achieve reach"
    " resolve answer respond reply return refund solve settle confirm fulfil fulfill dispatch welcome convince"
)
"""Of those, the ones that take an outcome's noun behind their number: 200 customers, but not 3 workshops."""

ACTS = _words(
    "launch release build create develop design redesign implement migrate write publish hire recruit run conduct"
    " organize organise host train roll rollout deploy finalize finalise introduce set establish define document plan"
    " prepare research interview survey test refactor rewrite replace integrate automate post send attend present"
    " review audit analyze analyse evaluate investigate explore identify select choose negotiate renegotiate partner"
    " open begin kick continue schedule update fix consolidate standardize standardise adopt purchase buy procure"
    " install configure collaborate align coordinate communicate announce promote advertise visit meet call email"
    " gather map model prototype pilot experiment benchmark draft translate localize localise certify sunset retire"
    " deprecate decommission rebrand relaunch revamp overhaul modernize modernise restructure reorganize reorganise"
    " merge split move-over switch upgrade patch scope pitch demo showcase brainstorm workshop ideate discover"
    " validate verify monitor track report measure instrument tag log-in centralize centralise unify simplify"
    " streamline digitize digitise rework renovate refresh rename rebuild re-platform replatform containerize"
    " containerise index archive back backup encrypt comply obtain-certification apply submit file register-for"
    " sponsor exhibit film shoot edit compile assemble craft formulate devise outline propose recommend-to advise"
    " coach mentor educate teach onboard-staff assign appoint promote-to staff fund finance invest budget allocate"
    " contract outsource insource source tender vet shortlist license trademark patent open-source spin stand"
    " bootstrap seed pioneer champion socialize socialise evangelize evangelise share circulate distribute mail"
    " print order-in stock unpack clean paint furnish relocate move-to acquire-company enter expand-into form join"
    " extend-contract renew-contract sync meet-with discuss debate agree decide approve-plan finalise-plan"
    " collect-feedback listen learn study read crawl scrape ingest import export connect wire link embed enable-sso"
    " configure-alerts set-up put carry undertake perform execute facilitate lead manage own oversee supervise"
    " administer govern drive-through bring-on conclude wrap hand-over transition port convert-code cut-over"
    " compare contact work focus aim try consider look dive deep-dive triage groom prioritize prioritise inventory"
    " catalog catalogue label annotate curate moderate respond-to-rfp bid quote invoice"
)

NATURE_LOW = re.compile(
    r"\b(?:latenc|delay|churn|bounc|abandon|drop-?offs?|cost|expens|spend\b|price|complain"
    r"|errors?\b|error rate|fail|crash"
    r"|defect|bugs?\b|incident|outage|downtime|refund|returns?\b|return rate|cancel|unsubscri"
    r"|opt-?outs?|tickets?\b|contacts?\b"
    r"|contact rate|wait|queue|backlog|attrition|fraud|chargeback|spam|\bcac\b|lead time"
    r"|cycle time|mttr|mttd|disput|escalat"
    r"|stock-?outs?|out[- ]of[- ]stock|\blate\b|lateness|missed|lost|losses|loss\b|effort|friction|waste|emission"
    r"|carbon|injur|accident|no-?shows?|breach|vulnerabilit|false positive|mistake|duplicate|overdue|attrition"
    r"|rework|noise|detractor|readmission|infection|mortality|deaths?|damage|shrinkage|debt|idle|calls to"
    r"|calls? per|support calls|reopen|rollback|regression|lag\b|lcp|fcp|ttfb|tti|cls\b|size\b"
    r"|steps?\b|clicks to|taps to)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\btimes?\b|\bduration\b|\bhours\b|\bminutes\b|\bseconds\b|\bdays\b|\bp\d\d\b|turnaround|time-to", re.I
)
_TIME_THAT_IS_GOOD = re.compile(
    r"\buptime\b|on[- ]time|time (?:on|spent|in app|listening|watching|viewing)|session|watch time|listening time"
    r"|viewing time|dwell|reading time|engage|first[- ]time|same[- ]day|real[- ]time|full[- ]time|time between failure"
    r"|playtime|play time|lifetime|life-time|battery",
    re.IGNORECASE,
)


def lower_is_better(metric: str) -> bool:
    """Whether less of it is what a customer wants, as far as its name tells."""
    if _TIME_THAT_IS_GOOD.search(metric):
        return False
    if re.search(r"\b(?:first[- ]contact resolution|retention|satisfaction|success|resolution rate)\b", metric, re.I):
        return False
    return bool(NATURE_LOW.search(metric) or _TIME.search(metric))


HEADS = _words(
    "rate rates ratio share percentage time times latency score scores value volume frequency speed coverage cost"
    " costs count adoption conversion conversions usage satisfaction retention churn success revenue sales contacts"
    " visits visitors users customers subscribers sessions orders downloads installs signups sign-ups leads bookings"
    " reviews rating ratings engagement availability uptime accuracy delay delays errors complaints tickets crashes"
    " refunds returns cancellations outages incidents nps csat ces ltv clv arpu aov ctr gmv arr mrr dau mau wau"
    " growth margin profit loyalty awareness abandonment completion turnaround throughput length size traffic"
    " impressions clicks views shares followers members donations purchases renewals referrals activation"
    " participation attendance enrolment enrollment readership subscriptions trials interactions payments balance"
    " occupancy utilisation utilization yield productivity quality reliability performance freshness rank ranking"
    " deliveries parcels meals rides trips stays nights appointments prescriptions patients students graduates"
    " deposits loans claims calls calories streams plays listens hours minutes seconds days bounce duration"
    " velocity points deployments headcount attrition budget spend backlog debt builds queue"
)
"""A noun that is measured."""

OUTCOMES = _words(
    "customers users subscribers visitors visits signups sign-ups sign-up registrations"
    " downloads installs installations leads orders bookings reservations sales revenue members memberships reviews"
    " stars rating ratings purchases transactions referrals renewals conversions clicks views impressions plays"
    " streams sessions followers fans likes donors donations donation backers patients students learners readers"
    " viewers listeners players buyers shoppers sellers guests passengers riders drivers trips rides nights meals"
    " parcels deliveries tickets accounts trials activations deals contracts logos clients merchants shops"
    " restaurants households families people citizens applicants applications attendees sign-ins logins searches"
    " recommendations promoters testimonials wins pipeline arr mrr gmv profit savings upgrades units subscriptions"
    " opt-ins enrolments enrollments graduates repeat returns refunds"
    " parcels cheques payments loans deposits uptime availability satisfaction nps csat score accuracy"
)

INTERNAL = re.compile(
    r"\b(?:velocity|story points?|sprints?|deploy(?:s|ment|ments|ment frequency)?"
    r"|releases? (?:frequency|per)|releases\b"
    r"|(?:code|test|unit[- ]test|branch|documentation|docs) coverage|test automation|build times?"
    r"|builds?\b|ci\b|pipelines? time"
    r"|head ?count|employees?|employee engagement|enps|attrition|staff|engineers?\b|developers?\b"
    r"|hires?\b|hiring|time[- ]to[- ]hire|time to fill"
    r"|offer acceptance|tech(?:nical)? debt|pull requests?|prs?\b|pr (?:cycle|review)|code review"
    r"|merge|lines of code|meetings?"
    r"|(?:cloud|server|infrastructure|hosting|aws|operating|storage) (?:cost|costs|spend|bill)"
    r"|opex|capex|budget|overheads?|margin|ebitda|profit"
    r"|on-?call|pages per|alerts?|runbooks?|internal|workshops?|trainings?|training hours|certifications?"
    r"|(?:blog )?posts?\b|articles|newsletters sent|emails sent|campaigns|webinars?|team (?:size"
    r"|satisfaction|happiness|morale)"
    r"|utili[sz]ation|cpu|memory usage|tickets closed|bugs closed|features?\b|experiments?"
    r"|a/b tests?|lead time for changes|change failure"
    r"|team members|stakeholder\w*|agents? (?:hired|trained)|okrs?|roadmap|documentation|wiki"
    r"|sales calls|cold calls|demos?\b"
    r"|productivity|cycle time|code|backlog|estimates?|forecast accuracy|reporting|spreadsheets?"
    r"|invoices? processed)\b",
    re.IGNORECASE,
)
"""What is measured inside the house: no customer feels it."""

PLACES = re.compile(
    r"\b(?:countries|markets|cities|regions|stores|locations|offices|languages|teams|squads|states|platforms|sites"
    r"|data ?cent(?:er|re)s|warehouses|departments|pilots?|branches|verticals|nodes|servers|clusters|channels)\b",
    re.IGNORECASE,
)
FUNDING = re.compile(
    r"\b(?:funding|seed|series [a-e]\b|capital|investors?|venture|awareness among|concerns?|issues? with)", re.I
)

MORE = _words(
    "more higher faster greater better longer larger bigger extra additional stronger increase growth rise"
    " uplift"
              " improvement gain lift boost jump up quicker sooner earlier cheaper upturn surge")  # fmt: skip
LESS = _words("less fewer lower shorter smaller slower reduction decrease drop decline cut fall down cheaper dip saving"
              " savings worse")  # fmt: skip
FASTER = re.compile(r"\b(?:faster|quicker|sooner|earlier|cheaper)\b", re.IGNORECASE)


def stem(word: str, known: frozenset[str]) -> str | None:
    """The verb that a word is a form of: increases, increasing, increased; None for no known one."""
    word = word.lower().replace("’", "'")
    if word in known:
        return word
    for ending, puts in (("ies", "y"), ("ied", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"),
                         ("ing", ""), ("ing", "e")):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base = word[: -len(ending)] + puts
            if base in known:
                return base
            if len(base) > 2 and base[-1] == base[-2] and base[:-1] in known:
                return base[:-1]
    irregular = {"grew": "grow", "fell": "fall", "rose": "rise", "kept": "keep", "held": "hold", "won": "win",
                 "chose": "choose", "built": "build", "ran": "run", "got": "get", "made": "make", "sold": "sell",
                 "brought": "bring"}  # fmt: skip
    return found if (found := irregular.get(word)) in known else None
