/// The master of applications' workers: starts generations of code beside each other, replaces workers, and ends
/// them in order. Everything happens on the master loop; what workers do with requests is traffic's, which is
/// reached through [dev.fairlead.worker.WorkerGate].
@NullMarked
package dev.fairlead.process.master;

import org.jspecify.annotations.NullMarked;
