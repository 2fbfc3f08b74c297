/// The operating system: libc through the Foreign Function API, Linux on x86-64 and AArch64.
///
/// Promise: a class for each thing (listening sockets, spawning, process descriptors, signals, readiness
/// messages, one epoll loop for the master thread), each usable on its own, none of which does anything before
/// it is asked to. A failed call is an [OsException] that names the call and the reason. No threads but the one
/// of [MasterLoop]. Knows nothing of configurations or of Netty: descriptors leave here as plain numbers, and
/// whoever takes one closes it.
///
/// Every function is called through one shape, six integers in and one out (see [Libc]), because making a shape
/// costs milliseconds of start-up and looking a function up costs microseconds.
@NullMarked
package dev.fairlead.os;

import org.jspecify.annotations.NullMarked;
