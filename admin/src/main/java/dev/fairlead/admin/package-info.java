/// Status and control of a running stack, as HTTP on a socket that only its owner may open.
///
/// Renders what a [StackControl] says and hands commands to it; holds no state of its own. Knows of the engine
/// only what an exchange is. Answers JSON, or plain text for people where the request accepts `text/plain`.
@NullMarked
package dev.fairlead.admin;

import org.jspecify.annotations.NullMarked;
