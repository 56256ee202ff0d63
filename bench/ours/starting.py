# SPDX-License-Identifier: Apache-2.0
"""Times two commands from start to exit, in turn: RUNS, and two lists of JSON. Both must end well."""

import json
import subprocess
import sys
import time

runs, commands = int(sys.argv[1]), [json.loads(text) for text in sys.argv[2:]]
seconds: list[list[float]] = [[] for _ in commands]
for number in range(runs + 1):  # the first is not counted: it finds no file in memory and no bytecode
    for place, command in enumerate(commands):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        if number:
            seconds[place].append(time.perf_counter() - begun)
print(json.dumps({"seconds": seconds}))
