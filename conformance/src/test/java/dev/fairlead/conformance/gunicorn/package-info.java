/// Fairlead as gunicorn beside the real gunicorn: the same requests to the same application, and the same calls
/// of the program. Differences that are meant to stay are named in [AllowedDifference], and nowhere else.
@NullMarked
package dev.fairlead.conformance.gunicorn;

import org.jspecify.annotations.NullMarked;
