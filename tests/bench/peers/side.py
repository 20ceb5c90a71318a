"""The protocol of ../support/side.ts for the other side of a bench: JSON lines, one round of work when told."""
import json
import resource
import sys
import time


def options():
    """The folder with the inputs, and what was asked for."""
    return sys.argv[1], json.loads(sys.argv[2])


def serve(versions, check, work):
    """`work()` does one round and returns how many items it did."""
    say({"versions": {"python": sys.version.split()[0], **versions}, "check": check})
    for line in sys.stdin:
        if line.strip() != "round":
            break
        started, before = time.perf_counter(), time.process_time()
        items = work()
        seconds = time.perf_counter() - started
        say({"seconds": seconds, "processorSeconds": time.process_time() - before, "items": items})
    unit = 1 if sys.platform == "darwin" else 1024
    say({"peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit})


def say(message):
    print(json.dumps(message), flush=True)
