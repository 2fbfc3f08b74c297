/// Commands on a line each, in HAProxy's words (management guide, section 9.3), on the sockets of a plan's
/// roster.
///
/// A row for each command: its words, who may give it, what it is for, what it does. The rows are what `help`
/// shows, too. Answers are HAProxy's own where scripts look for them. Asks the engine and tells it; keeps nothing
/// itself.
@NullMarked
package dev.fairlead.admin.command;

import org.jspecify.annotations.NullMarked;
