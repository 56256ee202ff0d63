# SPDX-License-Identifier: Apache-2.0
"""Code names: words without meaning by which a matter can be spoken of without saying what it is about (A01, D19).

A serial number would tell whoever complains how many there are.
"""

from hashlib import sha256

PLANTS_TEXT = (
    "Alder Almond Angelica Apple Arnica Ash Aspen Aster Bamboo Barley Basil Bay Beech Begonia Birch Borage Bramble "
    "Briar Broom Bryony Camellia Campion Caraway Cedar Celery Cherry Chestnut Chicory Clover Comfrey Cornel Cress "
    "Crocus Cypress Dahlia Daisy Dill Dogwood Elder Elm Fennel Fern Feverfew Fig Flax Foxglove Fuchsia Gentian "
    "Ginger Gorse Hawthorn Hazel Heather Hemlock Hickory Holly Hop Hyssop Iris Ivy Jasmine Juniper Kelp Larch "
    "Laurel Lavender Leek Lilac Lily Linden Lotus Lovage Lupin Madder Mallow Maple Marigold Marjoram Medlar Millet "
    "Mint Moss Mulberry Mustard Myrtle Nettle Nutmeg Oak Oat Olive Onion Orchid Osier Oxlip Palm Pansy Parsley "
    "Peach Pear Peony Pine Plum Poplar Poppy Primrose Quince Radish Reed Rhubarb Rose Rosemary Rowan Rue Rush Rye "
    "Saffron Sage Sedge Sloe Sorrel Spruce Squill Sumac Tansy Teasel Thistle Thyme Tulip Valerian Vetch Violet "
    "Walnut Willow Woad Yarrow Yew "
)
PLANTS = PLANTS_TEXT.split()
THINGS_TEXT = (
    "Anchor Anvil Apron Arch Awl Axle Ball Banner Barge Barrel Basin Basket Beacon Bell Bench Block Board Boat Bolt "
    "Book Boot Bottle Bow Bowl Box Bridge Broom Brush Buckle Button Cable Candle Canoe Cap Cart Chain Chair Chest "
    "Chisel Clasp Clock Cloak Coin Comb Compass Cord Crate Crown Cup Desk Dial Dish Door Drum Easel Fan Ferry "
    "Fiddle Flag Flask Flute Fork Frame Funnel Gate Gauge Glass Globe Glove Hammer Handle Harp Hat Helm Hinge Hook "
    "Horn Jar Jug Kettle Key Kite Knot Ladder Ladle Lamp Lantern Latch Lens Lever Lock Loom Lute Mallet Map Mask "
    "Mast Mill Mirror Needle Nest Net Oar Oven Paddle Pail Pan Pen Pencil Pillar Pipe Plate Plough Pocket Pot Prism "
    "Pulley Quill Rack Raft Rake Ribbon Ring Rope Rudder Ruler Saddle Sail Scale Screw Seal Shelf Shovel Shuttle "
    "Sieve Signal Sledge Spade Spindle Spoon Spring Stool Stove Table Tent Thimble Thread Tile Tongs Torch Tower "
    "Tray Trowel Trunk Tub Umbrella Urn Vase Vessel Violin Wagon Wheel Whistle Window "
)
THINGS = THINGS_TEXT.split()


def code_name(ident: str) -> str:
    """The code name of a matter, which is its reference: drawn from its random identifier, so it tells nothing.

    Two words to be remembered by, and six digits that set it apart. Two identifiers in 20,000,000,000 share one; whoever
    opens a matter draws another identifier then.
    """
    number = int(ident[:16], 16)
    words = f"{PLANTS[number % len(PLANTS)]} {THINGS[number // len(PLANTS) % len(THINGS)]}"
    return f"{words} {int(ident[16:], 16) % 1_000_000:06}"


def slug_of(ident: str) -> str:
    """The part of an address that names a matter: other bits of the same identifier, so that neither gives the other."""
    return sha256(b"address of " + ident.encode()).hexdigest()[:24]
