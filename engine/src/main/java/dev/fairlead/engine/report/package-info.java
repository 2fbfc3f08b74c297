/// What the traffic is doing, as tables that people and programs read: rows for frontends, backends and servers
/// in the columns that HAProxy has, as CSV, typed lines, JSON or a page; and facts about the process. Reads
/// tallies and the states of servers; changes nothing.
@NullMarked
package dev.fairlead.engine.report;

import org.jspecify.annotations.NullMarked;
