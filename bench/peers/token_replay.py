# SPDX-License-Identifier: Apache-2.0
"""The peer's token replay of a Parquet file of acts on a net, in the peer's own environment: NET ACTS FILE.

A case is unlawful at the first act that the peer cannot fire without adding a token; it stops there. It is complete if
it is lawful and the marking that it reaches is an end. Results for a table come in the order of its groups, not of the
log: each is written with its case.
"""

import csv
import json
import sys
import time
from pathlib import Path

import pandas
from pm4py.algo.conformance.tokenreplay import algorithm
from pm4py.algo.conformance.tokenreplay.variants.token_replay import Parameters
from pm4py.objects.petri_net.obj import Marking, PetriNet
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to

net_file, acts_file, out_file = map(Path, sys.argv[1:])
known = json.loads(net_file.read_text())
net = PetriNet("book")
places = {name: PetriNet.Place(name) for name in known["places"]}
net.places.update(places.values())
for name, label, here, there in known["transitions"]:
    transition = PetriNet.Transition(name, label)
    net.transitions.add(transition)
    add_arc_from_to(places[here], transition, net)
    add_arc_from_to(transition, places[there], net)
ends, labels = set(known["ends"]), {label for _, label, _, _ in known["transitions"]}
first = Marking({places[known["first"]]: 1})
last = Marking({places[known["ends"][0]]: 1})  # asked for by the call; what it says of the last marking is not used

begun, worked = time.perf_counter(), time.process_time()
log = pandas.read_parquet(acts_file).sort_values(["case", "at", "seq"], kind="stable", na_position="last")
log = log.rename(columns={"case": "case:concept:name", "act": "concept:name"})
read, read_worked = time.perf_counter(), time.process_time()
parameters = {Parameters.STOP_IMMEDIATELY_UNFIT: True, Parameters.SHOW_PROGRESS_BAR: False}
results = algorithm.apply(log, net, first, last, parameters=parameters)
done, done_worked = time.perf_counter(), time.process_time()

unknown = set(log["concept:name"].unique()) - labels
if unknown:  # the peer passes over an act that its net does not have, where the book says that it is not lawful
    raise SystemExit(f"The net does not know these acts of the log: {', '.join(sorted(unknown))}.")
cases = log.groupby("case:concept:name").size().index
with out_file.open("w", newline="") as file:
    writer = csv.writer(file)
    writer.writerow(["case", "first_unlawful", "complete"])
    for case, result in zip(cases, results, strict=True):
        lawful = not result["transitions_with_problems"]  # missing_tokens counts the last marking's as well
        reached = {place.name for place in result["reached_marking"]}
        complete = lawful and reached <= ends
        writer.writerow([case, 0 if lawful else len(result["activated_transitions"]) + 1, str(complete).lower()])
alone = {"seconds": done - read, "processor": done_worked - read_worked}
whole = {"seconds": done - begun, "processor": done_worked - worked}
print(json.dumps({"alone": alone, "whole": whole, "cases": len(results)}))
