/// What traffic, the master of an application's workers, and the workers themselves say to each other: the frames
/// between traffic and a worker ([FrameType]), and the calls between traffic ([WorkerGate]) and master
/// ([WorkerWatch]). The Python side is a resource of this module. The whole protocol is described in
/// docs/worker-protocol.md.
@NullMarked
package dev.fairlead.worker;

import org.jspecify.annotations.NullMarked;
