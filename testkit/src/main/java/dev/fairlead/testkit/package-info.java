/// What the tests of every module lean on: a raw client ([Wire]), a scripted server ([Peer]) and name server
/// ([ScriptedNameServer]), real programs ([ProcessUnderTest]), files that hold what is expected ([Golden]).
///
/// Promises: everything has a [Deadline], so a hang fails a test and never holds it up; everything listens on
/// loopback; everything that was started ends with the `try` block it was started in. Knows only the JDK, JUnit
/// and AssertJ: what is tested never brings the tool that tests it.
@NullMarked
package dev.fairlead.testkit;

import org.jspecify.annotations.NullMarked;
