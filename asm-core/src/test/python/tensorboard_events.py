"""Prints the scalars of a folder of event files as TensorBoard's own reader finds them: tag, step and value, a line each."""
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0})
events.Reload()
for tag in sorted(events.Tags()["scalars"]):
    for event in events.Scalars(tag):
        print(f"{tag} {event.step} {event.value!r}")
