/// What was read, before it is built into the model: sections with their lines, and proxies with what they
/// inherit from `defaults`.
@NullMarked
package dev.fairlead.dialect.haproxy.scope;

import org.jspecify.annotations.NullMarked;
