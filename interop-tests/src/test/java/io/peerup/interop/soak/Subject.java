package io.peerup.interop.soak;

import io.peerup.interop.lab.LabProcess;

/** A process that is watched. */
record Subject(String name, LabProcess process) {}
