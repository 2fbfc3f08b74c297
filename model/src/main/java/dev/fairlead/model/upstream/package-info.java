/// Groups of servers that requests are forwarded to, and how one of them is chosen. Values only: who is healthy
/// is status.
@NullMarked
package dev.fairlead.model.upstream;

import org.jspecify.annotations.NullMarked;
