/// Tests of what a request and its answer are made of.
@NullMarked
package dev.fairlead.engine.http;

import org.jspecify.annotations.NullMarked;
