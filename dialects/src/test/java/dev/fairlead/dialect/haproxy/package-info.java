/// Tests of reading HAProxy configurations.
@NullMarked
package dev.fairlead.dialect.haproxy;

import org.jspecify.annotations.NullMarked;
