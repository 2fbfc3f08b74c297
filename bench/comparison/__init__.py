"""The comparison of Fairlead with the programs it stands in for: what `bench/compare` runs.

A case (cases/) starts programs in pairs, ours and theirs from the same file, on processor 0, has them loaded from
processor 1 in turns, and gives pairs of figures. report.py prints and stores them, drawing.py and publishing.py make
docs/performance.md of what was stored.
"""
