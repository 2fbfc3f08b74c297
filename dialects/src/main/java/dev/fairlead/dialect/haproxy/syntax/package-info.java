/// HAProxy's text: lines of words with quotes, escapes and environment variables, and blocks of lines that hold
/// under a condition. Knows no keyword of any section.
@NullMarked
package dev.fairlead.dialect.haproxy.syntax;

import org.jspecify.annotations.NullMarked;
