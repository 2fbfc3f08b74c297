/// Finding a running stack and talking to it: where its control socket is, and one request over it.
///
/// Depends on the JDK and the os module alone, so that `fairlead status` starts fast.
@NullMarked
package dev.fairlead.cli.control;

import org.jspecify.annotations.NullMarked;
