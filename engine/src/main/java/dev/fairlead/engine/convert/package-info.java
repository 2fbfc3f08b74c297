/// Makes texts of texts: pieces, digests, hashes, sums, values looked up by them. Texts are bytes, one to a
/// character (ISO-8859-1). Knows requests only for the templates that conversions name.
@NullMarked
package dev.fairlead.engine.convert;

import org.jspecify.annotations.NullMarked;
