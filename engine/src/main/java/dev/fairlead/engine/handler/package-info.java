/// Answers from the file system: files, index files, listings, and what is tried before.
///
/// File names are bytes, carried in strings a byte to a character; they reach the kernel unchanged. Reading the
/// file system happens on the event loop: small files stay in memory, large ones are sent by the kernel.
@NullMarked
package dev.fairlead.engine.handler;

import org.jspecify.annotations.NullMarked;
