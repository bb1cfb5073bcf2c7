#!/bin/sh
# Runs the script that comes in, up to its end, and closes with its exit code on a line of its own. Without encryption,
# which an emulated processor takes its time for: whoever reaches this port reaches the engine beside it as well.
script=$(cat)
sh -c "$script" 2>&1 </dev/null
printf '\n%s\n' "$?"
