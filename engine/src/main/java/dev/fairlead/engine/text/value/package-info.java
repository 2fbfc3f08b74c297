/// What is known of every exchange without being declared: its request, response, connection, TLS session and
/// upstream, by attribute, header field, cookie and query argument. Each is a [Value], which variables that are
/// declared are as well.
///
/// Promise: a value is worked out when it is asked for and belongs to no thread. Depends on the exchange and the
/// model only; compiles nothing.
@NullMarked
package dev.fairlead.engine.text.value;

import org.jspecify.annotations.NullMarked;
