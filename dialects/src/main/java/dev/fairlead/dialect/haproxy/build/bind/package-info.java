/// Where frontends listen: the addresses of `bind` lines, their sockets' files, and TLS with its certificates.
@NullMarked
package dev.fairlead.dialect.haproxy.build.bind;

import org.jspecify.annotations.NullMarked;
