/// How servers fare.
@NullMarked
package dev.fairlead.engine.upstream.server;

import org.jspecify.annotations.NullMarked;
