# SPDX-License-Identifier: Apache-2.0
"""1,296 plain words of three to six letters for receipt codes, gathered for this project by thinking of things and places.

Six to the fourth power of them: each word is worth log2(1296) = 10.34 bits, seven of them 72.4. Codes already given out do
not depend on this list, only new ones do.
"""

_TEXT = """
    acorn actor agate agenda album alder alley almond alpine amber anchor angle ankle antler apple apron arbour
    arcade arch arena armour arrow artist aspen atlas attic auburn autumn avenue awning axle azure badge badger
    bagel baker ballad ballet balsam bamboo banana banjo banner barge barley barn baron barrel basil basin basket
    batch bath bay beach beacon beaker beam bean bear beaver bed beech beetle bell belt bench berry binder birch
    bird bishop bison blue board boat bobbin bolt bonnet book boot border bottle bow bowl box braid brake branch
    brass bread breeze brick bridge bridle brine brisk bronze brook broom brush bubble bucket buckle bud bugle bulb
    bundle bunk buoy burrow bus bush butter button cabin cable cactus cadet cake calm camel camera camp canal candle
    canoe canopy canvas canyon cape caper cargo carpet carrot carton cashew castle cavern cedar celery cellar cello
    cement cereal chain chair chalk chapel charm chart cheese cherry chess chief chime chisel chive choir chorus
    chrome cider cinder cinema circle circus citron citrus city clam clay clever cliff clinic cloak clock cloth
    cloud clover club coach coast coat cobalt cobble cocoa cod coffee coil coin collar colony column comet comic
    condor cone copper coral cord cork corn corner cosmos cotton couch cougar couple course cove cow coyote crab
    cradle craft crane crater crayon cream creek cress crest crisp crocus crop crow crown cruise crumb cube cuckoo
    cuff cup curb curry curve cycle cygnet cymbal dahlia dairy daisy dale dance dancer dapper dapple dart date dawn
    day deck deer delta denim depot desert desk detail dial diary dice dill dimple diner dinghy dinner dipper direct
    dish diver dock doll dome domino donkey door dory dove dowel down dozen dragon drake drama drawer dream drift
    drill drum duck duet dune dusk dust eagle early earth easel east easy echo eel effort egg elbow elder elk elm
    ember emblem empire enamel engine equal era ermine errand escape essay estate event fable fabric falcon family
    fan farm farmer farrow father fathom faucet fawn feast felt fence fender fennel fern ferry fiber fiddle field
    fig figure film filter finch finger fir fire fish fjord flag flagon flame flask flax fleece fleet flint float
    flock flood floor flora flour flower flute foal foam fog folder folk fondue font foot forest forge fork form
    fort forum fossil fox frame fresco fresh friday fringe frog frost fruit fudge funnel fuse gable gadget galaxy
    gale galley gallon game gander garage garden garlic garnet gate gazebo gecko gem gentle geyser giant gibbon gift
    ginger glade glass gleam glen glider globe glory glove glue goat goblet gold golf gong goose gorge gorse gourd
    grain grand grape graph grass gravel gravy green grey grille grip grocer grotto grouse grove guava guest guide
    guild guitar gulf gull gum gust habit hail hair hall halo halter hamlet hammer hamper hand handle hanger happy
    hare harp harrow hat hatch haven hawk hay hazel hearth heath hedge helm helmet hemp hen herald herb herd heron
    hill hinge hive hobby hockey hollow holly home honey hood hoof hook hoop horn hornet horse host hostel hotel
    hour house hub humble hurdle husk hut hymn icicle idea igloo iguana image inch index ingot ink inland inlet inn
    insect instep iris iron island ivory ivy jacket jade jaguar jam jar jargon jasper jay jeans jelly jersey jetty
    jewel jigsaw jingle jockey jogger joint jolly joy jug juice jump jumper jungle kale kayak keel keeper kelp
    kennel kernel kettle key kiln kilt kimono kindle kiosk kipper kite kitten kiwi knee knight knob knoll knot koala
    label lace ladder ladle lagoon lake lamb lamp land lane lapel larch larder lark lasso latch lather laurel lava
    lawn layer leader leaf ledge ledger leek legend lemon lemur lens lentil lesson letter level lever lichen lid
    light lilac lily lime limit linden line linen lintel lion lizard llama loaf lobby local locket lodge loft log
    lolly loom loop lotus lounge lucky lumber lunar lunch lupin lute lynx lyric macaw magnet magpie maize mallet
    malt mango manor mantle map maple marble march margin marina market marlin marmot maroon marsh marten mask mason
    mast match mauve meadow meal medal medley melody melon member memo menu merit mesa metal meteor meter method
    mica midday middle mile milk mill miller millet mimosa minnow mint minute mirror mist mitten mixer mocha model
    modern mohair mole moment monday monkey month moon moor moose moral mosaic moss moth mother motor mound mouse
    mouth mud muffin mug mule mullet museum music mussel myrtle napkin narrow nature navy nebula nectar needle nest
    nettle newt nib nickel night nimble noble noon north nose note nougat novel nugget number nut nutmeg oak oar
    oasis oat oboe ocean octave office olive omelet onion onyx opal opera orange orbit orchid ore organ oriole
    osprey otter outlet oval oven owl oxygen oyster packet paddle page pail paint palace palm panda panel pansy
    pantry papaya paper parade parcel park parrot party pasta pastel pastry patch path patio patrol paw pea peace
    peach peak peanut pear pearl pebble pecan pedal pen pencil penny people pepper perch period petal pewter phase
    phone phrase piano pickle picnic pier pigeon pillar pillow pilot pine pink pint pipe pippin piston pixel pizza
    place plaid plain planet plank plant plate plaza plover plow plum plume plush pocket podium poem poet point
    polar polish polka pollen pond pony pool poplar poppy porch port possum post poster pot potato potter powder
    prawn press primer prince print prism prize prose prune public puddle puffin pulley pulp pulse puma pump punch
    pupil puppet purple purse puzzle pylon quail quarry quart quartz quay quest quiche quick quiet quill quilt
    quince quiver quiz quota rabbit race racket radar radio radish raft rafter rail rain raisin rake ramble ramp
    ranch range ranger raven ravine razor reader recipe record red reed reef reel region relay relic remedy rescue
    resin resort rhyme rhythm ribbon rice riddle ridge ring ripple river rivet road robin rocket rodeo roller roof
    rook room root rope rosary rose rotor rouge round route rover rowan royal rubber ruby rudder rug ruler rumble
    runner russet rustic rye sable sack saddle sage sail sailor salad salmon salt salute sample sand sandal sash
    satin saturn sauce saucer sauna scale scarf scene school scone score scout screen screw scribe scroll sea seal
    season seat second seed sender sentry sequel serene series shade shadow shape shawl shed sheep sheet shelf shell
    shield ship shirt shoal shoe shop shore shovel shower shrimp shrub sienna sierra signal silk silo silver simple
    singer siren sister sketch ski skiff skirt sky slate sled sleeve sleigh slice slope sloth smile smith snack
    snail snow soap soccer sock soda sofa soft soil solar solo sonata song sonnet sorbet sorrel sound soup south
    spade spark speck sphere spice spider spiral spire splash sponge spoon sport spot spring sprout spruce spur
    squad square squash squid stable stag stage stair stamp stand staple star starch statue steam steel stem step
    steppe still stilt stock stone stool stork storm story stove strand straw stream street string stripe stucco
    studio style sugar suite sun sunny surf swamp swan swift swing syrup table tan tango tank tart taxi tea teak
    team tempo tenor tent term tern theme thyme tiara tide tiger tile timer tin title toast token tone tonic tool
    topaz torch tower town toy trail train tram tray tree trio trout truck trunk tuba tulip tuna tunic turf tutor
    tweed twig twin twist umber uncle upper urban usher valve vault verb verse vest video view villa vine viola
    visit vivid vocal voice wafer wagon waist walk waltz warm water wave wax wedge week well west whale wharf wheat
    wheel whisk white wild wind wing wire wood wool word work world wren wrist yacht yak yard yarn year yeast yew
    yoga yolk young yucca zebra zest zinc zone zoo
"""
WORDS = tuple(_TEXT.split())
"""In the order of the alphabet."""
