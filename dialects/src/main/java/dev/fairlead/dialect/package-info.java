/// The kit that dialects are made of: reading files, words with their place, rows of directives.
///
/// Promise: a dialect turns text into model values and diagnostics. Nothing here opens a socket, starts a
/// process or reads a clock; files are read through [dev.fairlead.dialect.FileSource] alone. May use base and
/// model.
@NullMarked
package dev.fairlead.dialect;

import org.jspecify.annotations.NullMarked;
