"""Names that are one name to those who bear them: short forms, and spellings of one sound from another script.

One line a group, the first its key. A name may stand in several groups, for Sam is Samuel and Samantha alike. Only
forms a family would itself use for one person are together: Yusuf and Joseph share a root but not a bearer.
"""

from collections.abc import Mapping
from types import MappingProxyType

_GROUPS = """
mohammed muhammad mohamed mohammad muhammed mohamad muhamed mahomed mohd md mo
ahmed ahmad ahmet achmed
mahmoud mahmood mehmood mahmud
yusuf youssef yousef yusef yousuf yousif yusif yousaf yussuf
hussein hussain husain hossain hussayn hossein huseyin
hassan hasan hassaan hasaan
ali aly alli
abdullah abdulla abdallah abdoullah
abdulrahman abdurrahman abdirahman abdulrehman abdelrahman abdul
ibrahim ebrahim ibraheem brahim
ismail ismael esmail ismaeel
omar umar omer umer
othman usman uthman osman
khaled khalid khaalid
said saeed sayed saied sa'id
tariq tarik tareq tarek tarique
zain zayn zane zein zayne
bilal bilaal billal
yahya yahia yehia
faisal faysal feisal
aisha ayesha aysha aicha aishah aesha ayisha
fatima fatimah fatma faatimah fathima fatema fatoumata fatimata
khadija khadijah kadija hadija khadeeja kadijah
zainab zaynab zeinab zeynep zaineb
mariam maryam mariyam meryem miriam
amina aminah ameena aamina aminata
leila layla laila leyla lejla
safia safiya safiyah sofia
sumaya sumaiya sumayyah somaya
yasmin yasmine jasmine jasmin yasmeen jazmin jas
noor nur nour noura
hodan hodon
hawa hawwa hawah
katherine catherine kathryn katharine catharine kathrine cathryn kate katie katy kathy cathy kat kitty kath
elizabeth elisabeth lizzie lizzy liz beth betty betsy eliza libby lisbeth elsie
margaret maggie meg peggy madge marge margie greta
rebecca rebekah becky becca bex
alexandra sandra alex lexi sasha alexa sandy
alexander alex alec sandy aleksander alexandr sasha xander lex
samantha sam sammy sammie
samuel sam sammy samual
victoria vicky vicki vikki tori viktoria
jennifer jenny jen jenni jenna
jessica jess jessie jessika
deborah debbie deb debra debora
susan sue suzie susie suzanne susanna susannah
christine christina kristina tina chris chrissie kristine krystyna
christopher chris kristofer topher kris krzysztof
patricia pat patsy trish tricia paddy
patrick pat paddy padraig
charlotte lottie charley charlie lotte
charles charlie chuck chas charley karl
caroline carolyn carrie caz karolina
emily em emmie emilia emma
amelia millie amy mel milly
isabella isabelle isobel isabel bella izzy izzie belle
eleanor ellie elinor nell nelly eleanora leonora
abigail abby abbie gail
natalie nat nathalie natalia natasha tasha
georgina georgia georgie gina
jacqueline jackie jacqui jacky
josephine josie jo joey
joanna jo joanne johanna joana
francesca fran frankie frances francine
florence flo florrie flossie
matilda tilly tillie mathilda
theodora theo dora thea
nicola nicky nikki nic nichola nicole
danielle dani daniella daniela
michelle shell chelle michele
stephanie steph stefanie stevie
robert rob bob bobby robbie bert robin
william will bill billy willie liam wills
richard rick dick ricky richie rich
james jim jimmy jamie jem
john johnny jack jon jonny ian sean
jonathan jon jonny johnathan jonathon
joseph joe joey jo josef jozef
michael mike mick micky mikey mickey michal mikael
thomas tom tommy thom tomasz tomas
anthony tony ant antony anton antonio
andrew andy drew andrzej andrei
edward ed eddie ted teddy ned eddy
benjamin ben benny benji
daniel dan danny danyal daniyal
david dave davey dawid daud dawood
matthew matt matty mathew mateusz
nicholas nick nicky nicolas nikolas mikolaj
peter pete piotr petr
stephen steven steve stevie stefan szczepan
timothy tim timmy
gregory greg gregor grzegorz
frederick fred freddie freddy frederic
harold harry hal
henry harry hal hank henryk
lawrence laurence larry laurie lorenzo
leonard leo len lenny leonardo
kenneth ken kenny
ronald ron ronnie
raymond ray
gerald gerry jerry gerard
geoffrey jeffrey geoff jeff
phillip philip phil pip filip
terence terry terrence
vincent vince vinny
zachary zac zak zack zachariah zakariya zakaria
reginald reg reggie
archibald archie
albert al bert bertie alfie
alfred alf alfie fred
oliver ollie olly
joshua josh joshwa
nathan nathaniel nate nat
cameron cam kameron
siobhan shivaun chevonne
sinead shinade
niamh neve nieve
caoimhe keeva kweeva
aoife eefa
sean shaun shawn shane
eoin owen euan ewan ewen
rhys reece reese rees
kaylee kayleigh kaleigh kayley kaley
hayley haley hailey hayleigh
chloe khloe cloe
zoe zoey zowie
lewis louis luis louie lou
aleksandra ola alexandra
malgorzata gosia margaret
katarzyna kasia katherine
agnieszka aga agnes
elzbieta ela elizabeth
ewa eva
wojciech wojtek
stanislaw stas staszek
jakub kuba jacob jake
aleksei alexei alexey alex
dmitri dimitri dmitry dima
oleksandr sasha alexander
olena elena helena lena helen
yulia julia iulia yuliya
mihai mihail misha
stefan stephan stefano
ioana joanna
gheorghe george georgi jorge
harpreet harry harpreeth
gurpreet gurprit
manpreet manprit mani
jaspreet jasprit jas
singh sing
kaur kaure
lakshmi laxmi luxmi
vijay bijay vijai
srinivas sreenivas shrinivas
krishna krisna krishnan
priya priyanka
sanjay sanjai
mohan mohun
chowdhury choudhury chaudhry choudhary chaudhary chowdury
rahman rehman rahmaan
sheikh shaikh shaykh sheik
sayed syed saiyid seyed
begum begam
khan kahn
patel pattel
nguyen ngyuen
chan chen tan
lee li leigh
zhang cheung chang teo
wang wong huang
ngozi ngosi
chukwuemeka emeka
chinedu nedu
oluwaseun seun
oluwaseyi seyi
oluwatobi tobi tobiloba
babatunde tunde
olufemi femi
adebayo bayo
kwame kwami
kwabena kobina
kofi coffie
tewodros tedros teddy
yohannes johannes
mehret mihret
selam salam
""".strip()


def _by_name() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for line in _GROUPS.splitlines():
        names = line.replace("'", "").split()
        for name in names:
            groups.setdefault(name, set()).add(names[0])
    return {name: frozenset(keys) for name, keys in groups.items()}


GROUPS_OF: Mapping[str, frozenset[str]] = MappingProxyType(_by_name())
"""For each normalised name that is in any group, the keys of its groups."""
