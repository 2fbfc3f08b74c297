/// The header of the PROXY protocol, with which one proxy tells the next who its client is. Knows of
/// connections only.
@NullMarked
package dev.fairlead.engine.proxy;

import org.jspecify.annotations.NullMarked;
