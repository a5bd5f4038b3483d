"""AWS on loopback: one endpoint on 127.0.0.1 that stands in for AWS in tests and demos.

`server` starts the emulators and the HTTP edge, `router` says what happens to a
request on its way to an emulator, `control` is the API with which a test sets
faults and asks questions.
"""
