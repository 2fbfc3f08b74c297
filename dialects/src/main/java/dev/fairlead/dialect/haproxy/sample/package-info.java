/// Samples: what is fetched of a request and converted, in conditions, header values and log lines.
@NullMarked
package dev.fairlead.dialect.haproxy.sample;

import org.jspecify.annotations.NullMarked;
