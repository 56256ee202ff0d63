# SPDX-License-Identifier: Apache-2.0
"""The peer's check of a workflow net for classical soundness (Woflan), in the peer's own environment: NET."""

import json
import sys
import time
from pathlib import Path

from pm4py.algo.analysis.woflan import algorithm
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

known = json.loads(Path(sys.argv[1]).read_text())
net = PetriNet("book")
places = {name: PetriNet.Place(name) for name in known["places"]}
net.places.update(places.values())
for name, label, here, there in known["transitions"]:
    transition = PetriNet.Transition(name, label)
    net.transitions.add(transition)
    add_arc_from_to(places[here], transition, net)
    add_arc_from_to(transition, places[there], net)
begun, worked = time.perf_counter(), time.process_time()
quiet = {algorithm.Parameters.PRINT_DIAGNOSTICS: False, algorithm.Parameters.RETURN_ASAP_WHEN_NOT_SOUND: False}
sound = algorithm.apply(net, Marking({places[known["first"]]: 1}), Marking({places["done"]: 1}), parameters=quiet)
seconds, processor = time.perf_counter() - begun, time.process_time() - worked
print(json.dumps({"seconds": seconds, "processor": processor, "sound": bool(sound)}))
