/// Values of HAProxy configurations.
@NullMarked
package dev.fairlead.dialect.haproxy.value;

import org.jspecify.annotations.NullMarked;
