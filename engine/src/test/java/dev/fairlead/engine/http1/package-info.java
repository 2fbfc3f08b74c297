/// HTTP/1 as a server speaks it: bytes in, bytes out.
@NullMarked
package dev.fairlead.engine.http1;

import org.jspecify.annotations.NullMarked;
