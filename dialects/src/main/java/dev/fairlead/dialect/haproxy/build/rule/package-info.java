/// The rules of proxies: what is done with connections, requests and responses on their way, in the order of the
/// file.
@NullMarked
package dev.fairlead.dialect.haproxy.build.rule;

import org.jspecify.annotations.NullMarked;
