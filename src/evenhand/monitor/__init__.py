# SPDX-License-Identifier: Apache-2.0
"""Are like cases treated alike? Pure functions over small tables of integers: no clock, no database, no rulebook.

`triple` gives the crude, the stratified and the within-incident figure as one value, `survival` the time to an act with
open cases included, `smallest` the difference that would have been seen, `words` the only sentences about all of these.
"""
