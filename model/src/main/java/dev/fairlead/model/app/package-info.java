/// Applications that run in workers of our own: what is loaded, how many processes answer, and within which
/// bounds. Values only; what runs at present is status.
@NullMarked
package dev.fairlead.model.app;

import org.jspecify.annotations.NullMarked;
