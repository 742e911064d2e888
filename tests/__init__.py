"""The suite as a whole: sandbox, contract, end to end, load, faults."""
