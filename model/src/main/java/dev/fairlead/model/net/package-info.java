/// Where connections come in and how a peer is addressed. Values only.
@NullMarked
package dev.fairlead.model.net;

import org.jspecify.annotations.NullMarked;
