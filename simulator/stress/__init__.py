"""Load tests of a topology alone: latency against load, the knee of its objectives, the tier that binds."""
