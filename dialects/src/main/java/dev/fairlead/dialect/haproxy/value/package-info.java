/// Times, sizes, numbers and addresses as HAProxy writes them.
@NullMarked
package dev.fairlead.dialect.haproxy.value;

import org.jspecify.annotations.NullMarked;
